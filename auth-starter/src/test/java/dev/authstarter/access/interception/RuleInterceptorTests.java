package dev.authstarter.access.interception;

import java.util.Optional;

import dev.authstarter.Reason;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.Rule;
import dev.authstarter.access.RuleRefusedException;
import dev.authstarter.access.declaration.DeclaredRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An intercepted method has a rule, or every call is refused.
 */
@ExtendWith(OutputCaptureExtension.class)
class RuleInterceptorTests {

	@Test
	void refusesWhatHasNoRuleAndSaysSoOnce(CapturedOutput output) {
		ProxyFactory factory = new ProxyFactory(new Silent());
		factory.setProxyTargetClass(true);
		factory.addAdvice(new RuleInterceptor(new DeclaredRules(AuthorityPrefixes.DEFAULT), () -> {
			throw new IllegalStateException("must not be called");
		}, Optional::empty));
		Silent proxy = (Silent) factory.getProxy();
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(RuleRefusedException.class).isThrownBy(proxy::read)
				.satisfies((ex) -> assertThat(ex.refusal().reason()).isEqualTo(Reason.ACCESS_DENIED));
		}
		assertThat(output.toString()
			.lines()
			.filter((line) -> line.contains("ERROR")
					&& line.contains("Calls of " + Silent.class.getName() + "#read are denied")))
			.hasSize(1);
	}

	@Test
	void looksAtTheInterfacesOfTheProxy() throws NoSuchMethodException {
		DeclaredRules rules = new DeclaredRules(AuthorityPrefixes.DEFAULT);
		ProxyFactory factory = new ProxyFactory(new Class<?>[] { Reads.class });
		factory.setTarget(new Silent());
		Class<?> proxy = factory.getProxy().getClass();
		assertThat(rules.of(Reads.class.getDeclaredMethod("read"), proxy)).hasToString("scope read");
		assertThat(rules.of(Reads.class.getDeclaredMethod("read"), Silent.class)).hasToString("scope read");
		assertThat(rules.of(Silent.class.getDeclaredMethod("read"), Silent.class)).isSameAs(Rule.NONE);
	}

	interface Reads {

		@RequiresScope("read")
		String read();

	}

	static class Silent {

		public String read() {
			return "read";
		}

	}

}
