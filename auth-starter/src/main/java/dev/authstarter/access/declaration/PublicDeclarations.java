package dev.authstarter.access.declaration;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.authstarter.PublicEndpoint;
import dev.authstarter.access.Rule;
import dev.authstarter.configuration.AccessRuleException;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Reads which handlers are declared to be open without a token: by
 * {@link PublicEndpoint}, or by {@code @PermitAll} where nothing else is declared.
 */
public final class PublicDeclarations {

	private static final String PERMIT_ALL = "jakarta.annotation.security.PermitAll";

	private final DeclaredRules rules;

	public PublicDeclarations(DeclaredRules rules) {
		this.rules = rules;
	}

	/**
	 * Return whether a handler is declared public.
	 * @param method the method that handles requests
	 * @param type the class of the object that it is called on
	 * @return whether it is
	 * @throws AccessRuleException if the handler is declared public and has a rule, too
	 */
	public boolean isPublic(Method method, Class<?> type) {
		if (!DeclaredRules.mentions(type) && !StockAnnotations.mentions(type)) {
			return false;
		}
		Handler handler = Handler.of(method, type);
		List<Annotation> stock = StockAnnotations.demanding(StockAnnotations.of(method, type));
		boolean closedByStock = !StockAnnotations.permitAll(stock);
		if (handler.isOpenedBy(PublicDeclarations::isDeclaredOn)) {
			boolean onMethod = handler.isOpenedOnMethod();
			if (handler.hasNearerRule(onMethod) || (!onMethod && closedByStock && handler.hasStockOnMethod())) {
				return false;
			}
			if (closedByStock || (onMethod ? handler.hasRuleOnMethod() : this.rules.of(method, type) != Rule.NONE)) {
				throw handler.contradiction();
			}
			return true;
		}
		return !stock.isEmpty() && !closedByStock && handler.isOpenedBy(PublicDeclarations::isPermitAllOn)
				&& this.rules.of(method, type) == Rule.NONE;
	}

	/** Whether {@link PublicEndpoint} is present, directly or as a meta-annotation. */
	static boolean isDeclaredOn(AnnotatedElement element) {
		return MergedAnnotations.from(element, SearchStrategy.DIRECT).isPresent(PublicEndpoint.class);
	}

	private static boolean isPermitAllOn(AnnotatedElement element) {
		return MergedAnnotations.from(element, SearchStrategy.DIRECT).isPresent(PERMIT_ALL);
	}

	/**
	 * A handler with all that it overrides.
	 *
	 * @param implementation the method that runs
	 * @param family its class with the super-types
	 * @param declarations the method and those that it overrides
	 */
	private record Handler(Method implementation, TypeHierarchy family, List<Method> declarations) {

		static Handler of(Method method, Class<?> type) {
			TypeHierarchy family = new TypeHierarchy(type, method);
			Method implementation = family.implementation(method);
			return new Handler(implementation, family, family.declarations(implementation));
		}

		/**
		 * A declaration on a type applies to the methods that it declares or inherits.
		 */
		boolean isOpenedBy(Predicate<AnnotatedElement> declared) {
			return this.declarations.stream().anyMatch(declared)
					|| this.family.members().stream().filter(declared).anyMatch(this::knowsMethod);
		}

		private boolean knowsMethod(Class<?> member) {
			return this.declarations.stream()
				.anyMatch((declaration) -> declaration.getDeclaringClass().isAssignableFrom(member));
		}

		boolean isOpenedOnMethod() {
			return this.declarations.stream().anyMatch(PublicDeclarations::isDeclaredOn);
		}

		boolean hasRuleOnMethod() {
			return DeclaredRules.isDeclaredOnMethod(this.implementation, this.family);
		}

		boolean hasStockOnMethod() {
			return StockAnnotations.isDeclaredOnMethod(this.implementation, this.family);
		}

		/**
		 * Whether a rule is declared nearer to the method that runs than every public
		 * declaration: on a method if the type is public, or in a subclass.
		 */
		boolean hasNearerRule(boolean onMethod) {
			if (!onMethod && hasRuleOnMethod()) {
				return true;
			}
			List<Class<?>> rules = new ArrayList<>(
					this.family.members().stream().filter(DeclaredRules::isRuleOn).toList());
			rules.addAll(places(this.declarations.stream().filter(DeclaredRules::isRuleOn).toList()));
			List<Class<?>> opened = onMethod
					? places(this.declarations.stream().filter(PublicDeclarations::isDeclaredOn).toList())
					: this.family.members().stream().filter(PublicDeclarations::isDeclaredOn).toList();
			return rules.stream()
				.anyMatch((rule) -> opened.stream().allMatch((place) -> place != rule && place.isAssignableFrom(rule)));
		}

		private static List<Class<?>> places(List<Method> methods) {
			return methods.stream().<Class<?>>map(Method::getDeclaringClass).toList();
		}

		AccessRuleException contradiction() {
			return new AccessRuleException(
					"%s is declared public and has a rule."
						.formatted(MethodName.of(this.implementation, this.family.namedType())),
					"Remove @PublicEndpoint or the rule. On a method, @PublicEndpoint replaces the rules of "
							+ "auth-starter's annotations on its type, but not those of Spring Security's.");
		}

	}

}
