package dev.authstarter.access.interception;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.FrameworkTypes;
import org.junit.jupiter.api.Test;

import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring MVC creates a new handler for each request of {@code OPTIONS}.
 */
class HandlerRulesTests {

	@Test
	void keepsOneRuleForAllObjectsOfAClass() throws NoSuchMethodException {
		DeclaredRules declared = new DeclaredRules(AuthorityPrefixes.DEFAULT);
		HandlerRules rules = new HandlerRules(declared,
				new Interception(new RulePointcut(declared, true), new FrameworkTypes(List.of()), false));
		for (int i = 0; i < 100; i++) {
			assertThat(rules.of(new HandlerMethod(new OptionsHandler(), "handle"))).isSameAs(Rule.NONE);
		}
		assertThat((Map<?, ?>) Objects.requireNonNull(ReflectionTestUtils.getField(rules, "methods"))).hasSize(1);
	}

	/**
	 * As Spring MVC's own, it equals no other.
	 */
	static final class OptionsHandler {

		public void handle() {
		}

	}

}
