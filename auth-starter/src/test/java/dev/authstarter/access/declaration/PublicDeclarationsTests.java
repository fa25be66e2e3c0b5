package dev.authstarter.access.declaration;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;

import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.configuration.AccessRuleException;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which handlers are declared public, where several declarations meet. The nearest to the
 * method applies, and a contradiction in one place is none of them.
 */
class PublicDeclarationsTests {

	private final PublicDeclarations declarations = new PublicDeclarations(
			new DeclaredRules(AuthorityPrefixes.DEFAULT));

	@ParameterizedTest
	@ValueSource(classes = { OnMethod.class, OnType.class, Composed.class, OnInterface.class, OnInterfaceMethod.class,
			Inherited.class, Filtering.class, MethodBeforeRuleOfType.class, SubclassBeforeRuleOfBase.class,
			PermitAllOnMethod.class, PermitAllOnType.class })
	void isPublic(Class<?> type) {
		assertThat(isPublicHandler(type)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { Plain.class, Ruled.class, RuleOnMethodOfPublicType.class, RuleOfSubclass.class,
			StockOnMethodOfPublicType.class, DenyAllOnMethod.class, PermitAllWithRule.class,
			PermitAllWithExpression.class, FilteringAlone.class, NotOfThisMember.class })
	void isNotPublic(Class<?> type) {
		assertThat(isPublicHandler(type)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(classes = { RuleAndPublicMethod.class, RuleAndPublicType.class, ExpressionAndPublicMethod.class,
			ExpressionAndPublicType.class, PublicMethodInTypeWithExpression.class })
	void contradicts(Class<?> type) {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> isPublicHandler(type))
			.withMessageContaining("is declared public and has a rule.")
			.withMessageContaining(type.getSimpleName() + "#handle");
	}

	private boolean isPublicHandler(Class<?> type) {
		Method method = ReflectionUtils.findMethod(type, "handle");
		assertThat(method).isNotNull();
		return this.declarations.isPublic(method, type);
	}

	@Retention(RetentionPolicy.RUNTIME)
	@PublicEndpoint
	@interface Open {

	}

	static class Plain {

		void handle() {
		}

	}

	static class OnMethod {

		@PublicEndpoint
		void handle() {
		}

	}

	@PublicEndpoint
	static class OnType extends Plain {

		@Override
		void handle() {
		}

	}

	static class Composed {

		@Open
		void handle() {
		}

	}

	@PublicEndpoint
	interface PublicInterface {

		void handle();

	}

	static class OnInterface implements PublicInterface {

		@Override
		public void handle() {
		}

	}

	interface PublicMethod {

		@PublicEndpoint
		void handle();

	}

	static class OnInterfaceMethod implements PublicMethod {

		@Override
		public void handle() {
		}

	}

	@PublicEndpoint
	static class Inherited extends Plain {

	}

	static class Filtering {

		@PublicEndpoint
		@PreFilter("true")
		void handle() {
		}

	}

	@RequiresScope("a")
	static class MethodBeforeRuleOfType {

		@PublicEndpoint
		void handle() {
		}

	}

	static class SubclassBeforeRuleOfBase extends Ruled {

		@Override
		@PublicEndpoint
		void handle() {
		}

	}

	static class PermitAllOnMethod {

		@PermitAll
		void handle() {
		}

	}

	@PermitAll
	static class PermitAllOnType {

		void handle() {
		}

	}

	@RequiresScope("a")
	static class Ruled {

		void handle() {
		}

	}

	@PublicEndpoint
	static class RuleOnMethodOfPublicType {

		@RequiresScope("a")
		void handle() {
		}

	}

	@RequiresScope("a")
	static class RuleOfSubclass extends OnType {

	}

	@PublicEndpoint
	static class StockOnMethodOfPublicType {

		@PreAuthorize("hasRole('a')")
		void handle() {
		}

	}

	static class DenyAllOnMethod {

		@DenyAll
		void handle() {
		}

	}

	@PermitAll
	static class PermitAllWithRule {

		@RequiresScope("a")
		void handle() {
		}

	}

	static class PermitAllWithExpression {

		@PermitAll
		@PreAuthorize("hasRole('a')")
		void handle() {
		}

	}

	static class FilteringAlone {

		@PreFilter("true")
		void handle() {
		}

	}

	/** The declaration stands on an interface that does not know the method. */
	static class NotOfThisMember extends Plain implements Marker {

	}

	@PublicEndpoint
	interface Marker {

	}

	static class RuleAndPublicMethod {

		@PublicEndpoint
		@RequiresScope("a")
		void handle() {
		}

	}

	@PublicEndpoint
	@RequiresScope("a")
	static class RuleAndPublicType {

		void handle() {
		}

	}

	static class ExpressionAndPublicMethod {

		@PublicEndpoint
		@PreAuthorize("hasRole('a')")
		void handle() {
		}

	}

	@PublicEndpoint
	@PreAuthorize("hasRole('a')")
	static class ExpressionAndPublicType {

		void handle() {
		}

	}

	@PreAuthorize("hasRole('a')")
	static class PublicMethodInTypeWithExpression {

		@PublicEndpoint
		void handle() {
		}

	}

}
