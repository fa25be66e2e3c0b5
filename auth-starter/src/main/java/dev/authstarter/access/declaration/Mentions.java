package dev.authstarter.access.declaration;

import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Predicate;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * Finds out whether a class or its supertypes have annotations of given types, also as
 * meta-annotations. Each class is read once and the result is cached.
 */
final class Mentions {

	private final List<Class<? extends Annotation>> kinds;

	private final ClassValue<Boolean> annotations = remember((type) -> isOneOrCarriesOne(type));

	private final ClassValue<Boolean> classes = remember((type) -> isOnClassOrMethod(type));

	private final ClassValue<Boolean> families = remember(
			(type) -> new TypeHierarchy(type).members().stream().anyMatch(this.classes::get));

	Mentions(List<Class<? extends Annotation>> kinds) {
		this.kinds = kinds;
	}

	/** Whether one is present on the element itself. */
	boolean isOn(AnnotatedElement element) {
		for (Annotation annotation : element.getAnnotations()) {
			if (this.annotations.get(annotation.annotationType())) {
				return true;
			}
		}
		return false;
	}

	/** Whether one is present on the class or one of its own methods. */
	boolean isIn(Class<?> member) {
		return this.classes.get(member);
	}

	/**
	 * Whether one is present on the type, on a supertype, or on a method of them.
	 */
	boolean isInFamilyOf(Class<?> type) {
		return this.families.get(type);
	}

	private boolean isOnClassOrMethod(Class<?> type) {
		if (isOn(type)) {
			return true;
		}
		for (Method method : type.getDeclaredMethods()) {
			if (isOn(method)) {
				return true;
			}
		}
		return false;
	}

	private boolean isOneOrCarriesOne(Class<?> annotation) {
		MergedAnnotations carried = MergedAnnotations.from(annotation, SearchStrategy.DIRECT);
		return this.kinds.stream().anyMatch((kind) -> kind == annotation || carried.stream(kind).findAny().isPresent())
				|| isContainerOfOne(annotation);
	}

	/** Repeated annotations are wrapped in a container annotation. */
	private boolean isContainerOfOne(Class<?> annotation) {
		Method value = ReflectionUtils.findMethod(annotation, "value");
		Class<?> element = (value != null) ? value.getReturnType().getComponentType() : null;
		Repeatable repeatable = (element != null) ? element.getAnnotation(Repeatable.class) : null;
		return element != null && repeatable != null && repeatable.value() == annotation
				&& this.annotations.get(element);
	}

	private static ClassValue<Boolean> remember(Predicate<Class<?>> question) {
		return new ClassValue<>() {
			@Override
			protected Boolean computeValue(Class<?> type) {
				return question.test(type);
			}
		};
	}

}
