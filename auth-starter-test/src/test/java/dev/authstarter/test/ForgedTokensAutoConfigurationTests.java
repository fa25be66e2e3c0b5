package dev.authstarter.test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.MissingPropertyException;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

class ForgedTokensAutoConfigurationTests {

	private final WebApplicationContextRunner withoutProperties = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TokenForgeAutoConfiguration.class, ForgedKeysAutoConfiguration.class,
				KeysAutoConfiguration.class, ClaimsAutoConfiguration.class, AuthStarterAutoConfiguration.class,
				EventAutoConfiguration.class, IssuerAutoConfiguration.class));

	private final WebApplicationContextRunner runner = this.withoutProperties
		.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=https://api.example");

	@Test
	void replacesTheKeys() {
		this.runner
			.run((context) -> assertThat(context).hasSingleBean(TrustedKeys.class).hasSingleBean(ForgedKeys.class));
	}

	@Test
	void winsOverKeysOfTheApplication() {
		this.runner.withBean("own", TrustedKeys.class, () -> (issuer) -> KeyLookup.Unavailable::new)
			.run((context) -> assertThat(context.getBean(TrustedKeys.class)).isInstanceOf(ForgedKeys.class));
	}

	@Test
	void forgesForIssuerAndAudienceOfTheApplication() {
		this.runner.run((context) -> assertThat(context.getBean(TokenForge.class).token().toString())
			.contains("\"iss\":\"https://issuer.example/\"")
			.contains("\"aud\":\"https://api.example\""));
	}

	@Test
	void forgesInTheTimeOfTheApplication() {
		Clock clock = Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);
		this.runner.withBean(AuthStarterAutoConfiguration.CLOCK, Clock.class, () -> clock)
			.run((context) -> assertThat(context.getBean(TokenForge.class).token().toString())
				.contains("\"iat\":1000000"));
	}

	@Test
	void saysThatAuthStarterIsMissing() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(TokenForgeAutoConfiguration.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Forged tokens need auth-starter")
				.hasMessageContaining("@WebMvcTest"));
	}

	@Test
	void saysThatTheIssuerIsMissing() {
		this.withoutProperties.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(MissingPropertyException.class,
					(missing) -> assertThat(missing.action()).startsWith("Set 'auth-starter.issuer' to")));
	}

	@Test
	void annotationSetsIssuerAndAudience() throws Exception {
		assertThat(token(OtherIssuer.class)).contains("\"iss\":\"https://other.example/\"")
			.contains("\"aud\":[\"a\",\"b\"]");
	}

	@Test
	void annotationLeavesTheApplicationsOwnValues() throws Exception {
		assertThat(token(AppointmentControllerTests.class)).contains("\"iss\":\"https://acme.eu.auth0.com/\"")
			.contains("\"aud\":\"https://api.acme.example\"");
	}

	@Test
	void contextIsSharedBetweenTestClasses() throws Exception {
		assertThat(forge(AppointmentControllerTests.class)).isSameAs(forge(DefectTests.class));
	}

	private static String token(Class<?> testClass) throws Exception {
		return forge(testClass).token().toString();
	}

	private static TokenForge forge(Class<?> testClass) throws Exception {
		return new TestContextManager(testClass).getTestContext().getApplicationContext().getBean(TokenForge.class);
	}

	@WebMvcTest(AppointmentController.class)
	@AutoConfigureForgedTokens(issuer = "https://other.example/", audience = { "a", "b" })
	static class OtherIssuer {

	}

}
