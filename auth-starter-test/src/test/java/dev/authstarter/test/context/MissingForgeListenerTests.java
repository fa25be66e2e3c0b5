package dev.authstarter.test.context;

import java.util.Objects;

import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A test class that injects a {@link TokenForge} and lacks the annotation is told so.
 */
class MissingForgeListenerTests {

	@ParameterizedTest
	@ValueSource(classes = { OfField.class, OfInheritedField.class, OfConstructor.class, OfParameter.class })
	void namesTheAnnotation(Class<?> type) {
		assertThatIllegalStateException().isThrownBy(() -> new TestContextManager(type).beforeTestClass())
			.withMessageContaining(type.getName())
			.withMessageContaining("Put @AutoConfigureForgedTokens on the test class");
	}

	@ParameterizedTest
	@ValueSource(classes = { WithForge.class, WithoutForge.class })
	void leavesOtherTestsAlone(Class<?> type) {
		assertThatCode(() -> new TestContextManager(type).beforeTestClass()).doesNotThrowAnyException();
	}

	@Test
	void isInForceInEveryTest() {
		assertThat(new TestContextManager(WithoutForge.class).getTestExecutionListeners())
			.hasAtLeastOneElementOfType(MissingForgeListener.class);
	}

	@ContextConfiguration(classes = Empty.class)
	static class OfField {

		@Autowired
		TokenForge forge = TokenForge.of("https://issuer.example/", "https://api.example");

	}

	static class OfInheritedField extends OfField {

	}

	@ContextConfiguration(classes = Empty.class)
	static class OfConstructor {

		OfConstructor(@Autowired TokenForge forge) {
			Objects.requireNonNull(forge);
		}

	}

	@ContextConfiguration(classes = Empty.class)
	static class OfParameter {

		void test(@Autowired TokenForge forge) {
			Objects.requireNonNull(forge);
		}

	}

	@ContextConfiguration(classes = WithBean.class)
	static class WithForge extends OfField {

	}

	@ContextConfiguration(classes = Empty.class)
	static class WithoutForge {

		void helper(TokenForge forge) {
			Objects.requireNonNull(forge);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	static class WithBean {

		@Bean
		TokenForge forge() {
			return TokenForge.of("https://issuer.example/", "https://api.example");
		}

	}

}
