package dev.authstarter.access.declaration;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.authstarter.access.Rule;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * The types of all beans, and the rules that their methods declare. Types of libraries
 * are found by class name, because each library is optional. Finding the types creates no
 * bean.
 */
public final class BeanDeclarations {

	private final ConfigurableListableBeanFactory beans;

	private final DeclaredRules rules;

	private @Nullable Map<String, Class<?>> types;

	public BeanDeclarations(ConfigurableListableBeanFactory beans, DeclaredRules rules) {
		this.beans = beans;
		this.rules = rules;
	}

	public ConfigurableListableBeanFactory beans() {
		return this.beans;
	}

	/** Whether a class of a library is on the class path. */
	public boolean isPresent(String className) {
		return ClassUtils.isPresent(className, this.beans.getBeanClassLoader());
	}

	/** The names of the beans of a library's type. */
	public List<String> beansOf(String className) {
		return isPresent(className)
				? Arrays.asList(this.beans.getBeanNamesForType(
						ClassUtils.resolveClassName(className, this.beans.getBeanClassLoader()), true, false))
				: List.of();
	}

	/** The classes of all beans without their proxies. */
	public Set<Class<?>> types() {
		Set<Class<?>> distinct = new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));
		distinct.addAll(typesByName().values());
		return distinct;
	}

	public @Nullable Class<?> type(String beanName) {
		return typesByName().get(beanName);
	}

	private Map<String, Class<?>> typesByName() {
		if (this.types == null) {
			Map<String, Class<?>> found = new LinkedHashMap<>();
			for (String name : this.beans.getBeanDefinitionNames()) {
				if (!this.beans.getBeanDefinition(name).isAbstract()) {
					put(name, AutoProxyUtils.determineTargetClass(this.beans, name), found);
				}
			}
			for (String name : this.beans.getSingletonNames()) {
				put(name, null, found);
			}
			this.types = found;
		}
		return this.types;
	}

	private void put(String name, @Nullable Class<?> target, Map<String, Class<?>> found) {
		Class<?> type = (target != null) ? target : this.beans.getType(name, false);
		if (type != null) {
			found.putIfAbsent(name, ClassUtils.getUserClass(type));
		}
	}

	/** The methods of a class that have an annotation, by itself or on another one. */
	public Map<Method, MergedAnnotation<?>> annotated(Class<?> type, String annotation) {
		return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<MergedAnnotation<?>>) (
				method) -> presentOrNull(annotations(method).get(annotation)));
	}

	private static @Nullable MergedAnnotation<?> presentOrNull(MergedAnnotation<?> annotation) {
		return annotation.isPresent() ? annotation : null;
	}

	/** Whether a class, or one that it extends or implements, has an annotation. */
	public static boolean isAnnotated(Class<?> type, String annotation) {
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).isPresent(annotation);
	}

	/** Whether a rule of ours is declared anywhere in a class. */
	public static boolean mentionsRule(Class<?> type) {
		return DeclaredRules.mentionsRule(type);
	}

	/**
	 * The classes and methods of beans that are declared public by
	 * {@link dev.authstarter.PublicEndpoint}, each with the names of the handlers that it
	 * may open.
	 */
	public Map<String, Set<String>> publicDeclarations() {
		Map<String, Set<String>> declared = new TreeMap<>();
		for (Class<?> type : types()) {
			if (DeclaredRules.mentions(type)) {
				collectPublic(new TypeHierarchy(type), declared);
			}
		}
		return declared;
	}

	/**
	 * An annotation on an interface alone has no effect: clients may share the interface.
	 */
	private static boolean isPublicInClass(AnnotatedElement element, Class<?> place) {
		return !place.isInterface() && PublicDeclarations.isDeclaredOn(element);
	}

	private static void collectPublic(TypeHierarchy family, Map<String, Set<String>> declared) {
		String type = TypeName.of(family.namedType());
		Set<String> methods = new TreeSet<>(Set.of(type));
		family.methods().forEach((method) -> methods.add(MethodName.of(method, family.namedType())));
		for (Method method : family.methods()) {
			if (isPublicInClass(method, method.getDeclaringClass())) {
				String name = MethodName.of(method, family.namedType());
				declared.put(name, Set.of(name, type));
			}
		}
		if (family.members().stream().anyMatch((member) -> isPublicInClass(member, member))) {
			declared.put(type, methods);
		}
	}

	/** What is declared about a method, by itself or by its type. */
	public Declaration of(Method method, Class<?> type) {
		Rule rule = this.rules.of(method, type);
		if (rule != Rule.NONE) {
			return new Declaration(rule, rule.toString());
		}
		List<Annotation> stock = StockAnnotations.demanding(StockAnnotations.of(method, type));
		return stock.isEmpty() ? Declaration.NONE : new Declaration(Rule.STOCK, StockAnnotations.text(stock));
	}

	private static MergedAnnotations annotations(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
	}

}
