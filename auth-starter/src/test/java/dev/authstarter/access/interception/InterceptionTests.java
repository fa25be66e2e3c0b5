package dev.authstarter.access.interception;

import java.util.List;
import java.util.Optional;

import dev.authstarter.RequiresScope;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.configuration.AccessRuleException;
import jakarta.annotation.security.PermitAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rules and security annotations of beans that no proxy enforces, without a context.
 */
class InterceptionTests {

	private final DeclaredRules rules = new DeclaredRules(AuthorityPrefixes.DEFAULT);

	private final FrameworkTypes framework = new FrameworkTypes(List.of("dev.authstarter.access"));

	private final RulePointcut pointcut = new RulePointcut(this.rules, this.framework, true);

	private final Interception interception = new Interception(this.pointcut, this.framework, false);

	private final Interception woven = new Interception(this.pointcut, this.framework, true);

	@Test
	void concernsBeansWithRulesAndTheirProxies() {
		assertThat(this.interception.concerns(new Ruled())).isTrue();
		assertThat(this.interception.concerns(new Stock())).isTrue();
		assertThat(this.interception.concerns(new Plain())).isFalse();
		assertThat(this.interception.concerns("text")).isFalse();
		assertThat(this.interception.concerns(byInterface(new Ruled(), false, false))).isTrue();
		assertThat(this.interception.concerns(byInterface(new Plain(), false, false))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "true, true, ", "true, false, security annotations of", "false, true, The rules of",
			"false, false, The rules of" })
	void proxyEnforcesBothKinds(boolean withRules, boolean withStock, String refused) {
		Object bean = byInterface(new Both(), withRules, withStock);
		if (refused == null) {
			assertThatCode(() -> this.interception.checkBean(bean, "both")).doesNotThrowAnyException();
		}
		else {
			assertThatExceptionOfType(AccessRuleException.class)
				.isThrownBy(() -> this.interception.checkBean(bean, "both"))
				.withMessageContaining(refused)
				.withMessageContaining("cannot be enforced: the bean 'both' has no proxy for them");
		}
	}

	@Test
	void beanWithoutProxyEnforcesNothing() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkBean(new Ruled(), "ruled"))
			.withMessageContaining("The rules of " + Ruled.class.getName());
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkBean(new Stock(), "stock"))
			.withMessageContaining("The security annotations of " + Stock.class.getName());
		assertThatCode(() -> this.interception.checkBean(new Plain(), "plain")).doesNotThrowAnyException();
		assertThatCode(() -> this.interception.checkBean(new Permitted(), "permitted")).doesNotThrowAnyException();
	}

	@Test
	void weavingEnforcesSecurityAnnotationsAndNoRules() {
		assertThatCode(() -> this.woven.checkBean(new Stock(), "stock")).doesNotThrowAnyException();
		assertThatCode(() -> this.woven.checkType(FinalStock.class, true)).doesNotThrowAnyException();
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.woven.checkBean(new Ruled(), "ruled"));
	}

	@ParameterizedTest
	@ValueSource(
			classes = { FinalRule.class, PrivateRule.class, StaticRule.class, FinalStock.class, PrivateStock.class })
	void methodsThatNoSubclassOverridesCannotEnforce(Class<?> type) {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> this.interception.checkType(type, true))
			.withMessageContaining("cannot be enforced")
			.withMessageContaining(type.getSimpleName() + "#call");
	}

	@ParameterizedTest
	@ValueSource(classes = { Ruled.class, Stock.class, Both.class, Plain.class, Permitted.class })
	void overridableMethodsCanEnforce(Class<?> type) {
		assertThatCode(() -> this.interception.checkType(type, true)).doesNotThrowAnyException();
		assertThatCode(() -> this.interception.checkType(type, false)).doesNotThrowAnyException();
	}

	/** Methods beside those of the interfaces cannot be called on such a proxy. */
	@ParameterizedTest
	@ValueSource(classes = { FinalRule.class, FinalStock.class, BesideInterface.class })
	void proxyOfOnlyInterfacesEnforcesFinalMethods(Class<?> type) {
		assertThatCode(() -> this.interception.checkType(type, false)).doesNotThrowAnyException();
	}

	@Test
	void annotationsOfClassAreNotReadForInheritedMethods() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkType(StockOnSubclass.class, true))
			.withMessageContaining("Spring Security reads the annotations of the class that declares a method");
	}

	@Test
	void replacedBeanHidesRulesOfItsClass() {
		for (Class<?> created : List.of(Ruled.class, Stock.class)) {
			assertThatExceptionOfType(AccessRuleException.class)
				.isThrownBy(() -> this.interception.checkReplaced(created, new Plain(), "bean"))
				.withMessageContaining("was replaced by a bean post-processor");
		}
		assertThatCode(() -> this.interception.checkReplaced(Plain.class, new Permitted(), "bean"))
			.doesNotThrowAnyException();
		assertThatCode(() -> this.interception.checkReplaced(Ruled.class, new Ruled(), "bean"))
			.doesNotThrowAnyException();
	}

	@Test
	void otherContextsHaveNoProxiesOfThisLibrary() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkTypeOfOtherContext(Ruled.class, "bean", true))
			.withMessageContaining("belongs to another context");
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkTypeOfOtherContext(Stock.class, "bean", false))
			.withMessageContaining("belongs to another context");
		assertThatCode(() -> this.interception.checkTypeOfOtherContext(Stock.class, "bean", true))
			.doesNotThrowAnyException();
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkBeanOfOtherContext(new Ruled(), "bean"))
			.withMessageContaining("belongs to another context");
	}

	@Test
	void functionsAreCalledWithoutProxy() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkFunction(new Ruled()));
		assertThatCode(() -> this.interception.checkFunction(new Plain())).doesNotThrowAnyException();
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> this.interception.checkHandler(new Stock()));
		assertThatCode(() -> this.interception.checkHandler(new Plain())).doesNotThrowAnyException();
	}

	private Object byInterface(Service target, boolean withRules, boolean withStock) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setInterfaces(Service.class);
		if (withRules) {
			factory.addAdvisor(new DefaultPointcutAdvisor(this.pointcut, new RuleInterceptor(this.rules, () -> {
				throw new IllegalStateException("must not be called");
			}, Optional::empty)));
		}
		if (withStock) {
			factory.addAdvisor(AuthorizationManagerBeforeMethodInterceptor.preAuthorize());
		}
		return factory.getProxy();
	}

	interface Service {

		void call();

	}

	static class Plain implements Service {

		@Override
		public void call() {
		}

	}

	static class Ruled implements Service {

		@Override
		@RequiresScope("a")
		public void call() {
		}

	}

	static class Stock implements Service {

		@Override
		@PreAuthorize("hasRole('a')")
		public void call() {
		}

	}

	static class Both implements Service {

		@Override
		@RequiresScope("a")
		@PreAuthorize("hasRole('a')")
		public void call() {
		}

	}

	static class Permitted implements Service {

		@Override
		@PermitAll
		public void call() {
		}

	}

	static class FinalRule implements Service {

		@Override
		@RequiresScope("a")
		public final void call() {
		}

	}

	static class FinalStock implements Service {

		@Override
		@PreAuthorize("hasRole('a')")
		public final void call() {
		}

	}

	@SuppressWarnings("unused") // read by reflection
	static class PrivateRule {

		@RequiresScope("a")
		private void call() {
		}

	}

	@SuppressWarnings("unused") // read by reflection
	static class PrivateStock {

		@PreAuthorize("hasRole('a')")
		private void call() {
		}

	}

	static class StaticRule {

		@RequiresScope("a")
		static void call() {
		}

	}

	static class BesideInterface extends Plain {

		@RequiresScope("a")
		public void more() {
		}

	}

	@PreAuthorize("hasRole('a')")
	static class StockOnSubclass extends Plain {

	}

}
