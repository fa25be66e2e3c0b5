package dev.authstarter.configuration;

import java.time.Duration;
import java.util.Map;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.TrustedIssuers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which configurations are valid, and their meaning.
 */
class ConfigurationTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class);

	@Test
	void takesIssuerAndAudience() {
		this.context.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one,two")
			.run((started) -> {
				TrustedIssuer issuer = started.getBean(TrustedIssuers.class).first();
				assertThat(issuer.name()).isEqualTo("default");
				assertThat(issuer.issuer()).isEqualTo(TestToken.ISSUER);
				assertThat(issuer.audiences()).containsExactlyInAnyOrder("one", "two");
				assertThat(issuer.algorithms()).containsExactly("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA",
						"Ed25519");
			});
	}

	@Test
	void takesSpringBootsPropertiesWhereOursAreSilent() {
		this.context
			.withPropertyValues("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + TestToken.ISSUER,
					"spring.security.oauth2.resourceserver.jwt.audiences=one,two")
			.run((started) -> {
				TrustedIssuer issuer = started.getBean(TrustedIssuers.class).first();
				assertThat(issuer.issuer()).isEqualTo(TestToken.ISSUER);
				assertThat(issuer.audiences()).containsExactlyInAnyOrder("one", "two");
				assertThat(started).hasSingleBean(JwtDecoder.class);
			});
	}

	@Test
	void takesBothWhereTheyAgree() {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"spring.security.oauth2.resourceserver.jwt.issuer-uri=" + TestToken.ISSUER,
					"spring.security.oauth2.resourceserver.jwt.audiences=one")
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void takesSeveralIssuers() {
		this.context.withPropertyValues("auth-starter.issuers.staff.issuer=https://staff.example/",
				"auth-starter.issuers.staff.audience=one", "auth-starter.issuers.partners.issuer=acme.example",
				"auth-starter.issuers.partners.audience=two",
				"auth-starter.issuers.partners.jwks-uri=https://acme.example/keys",
				"auth-starter.issuers.partners.algorithms=ES256", "auth-starter.issuers.staff.organization.allowed=*",
				"auth-starter.issuers.partners.organization.allowed=partner-*")
			.run((started) -> {
				TrustedIssuers issuers = started.getBean(TrustedIssuers.class);
				assertThat(issuers).hasSize(2);
				TrustedIssuer partners = issuers.find(Map.of("iss", "acme.example"));
				assertThat(partners).isNotNull();
				assertThat(partners.name()).isEqualTo("partners");
				assertThat(partners.algorithms()).containsExactly("ES256");
				assertThat(issuers.find(Map.of("iss", "https://staff.example"))).isNull();
				assertThat(issuers.find(Map.of())).isNull();
			});
	}

	@Test
	void acceptsIssuerOnThisMachineOverHttp() {
		for (String host : new String[] { "localhost", "127.0.0.1", "[::1]" }) {
			this.context.withPropertyValues("auth-starter.issuer=http://" + host + ":9000", "auth-starter.audience=one")
				.run((started) -> assertThat(started).hasNotFailed());
		}
	}

	@Test
	void acceptsSkewOfExactlyFiveMinutes() {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"auth-starter.clock-skew=5m")
			.run((started) -> assertThat(started.getBean(AuthStarterProperties.class).clockSkew())
				.isEqualTo(Duration.ofMinutes(5)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "introspection.uri", "jwks-uri", "resource-metadata.resource", "token.maximum-lifetime",
			"clock-skew", "cache.maximum-size", "profile", "public-paths" })
	void takesEmptyPropertyForOneThatIsNotSet(String property) {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"auth-starter." + property + "=")
			.run((started) -> {
				assertThat(started).hasNotFailed();
				AuthStarterProperties properties = started.getBean(AuthStarterProperties.class);
				assertThat(properties.introspection().uri()).isNull();
				assertThat(properties.clockSkew()).isEqualTo(Duration.ofSeconds(30));
			});
	}

	@Test
	void letsProfileTakeBackWhatIsSetForAll() {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"auth-starter.introspection.uri=${INTROSPECTION_URI:}")
			.withInitializer((starting) -> starting.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("for all",
						Map.of("auth-starter.introspection.uri", "https://issuer.example/introspect"))))
			.run((started) -> assertThat(started.getBean(AuthStarterProperties.class).introspection().uri()).isNull());
	}

	@Test
	void refusesEmptyPropertyThatDoesNotExist() {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"auth-starter.introspection.url=")
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.isInstanceOf(UnboundConfigurationPropertiesException.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "audience", "audience[1]", "issuer", "jwks-uri", "introspection.uri",
			"introspection.client-secret", "claims.roles", "clock-skew", "public-paths", "algorithms", "cache.enabled",
			"issuers.other.audience", "organization.allowed", "authorities.role-prefix" })
	void refusesPlaceholderThatIsNotResolved(String property) {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience[0]=one",
					"auth-starter." + property + "=before-${NOT_SET}")
			.run((started) -> assertThat(started).getFailure().hasStackTraceContaining("${NOT_SET}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "${NOT_SET}", "one,${NOT_SET}", "${NOT_SET}-api" })
	void namesPlaceholderThatIsNotResolved(String audience) {
		this.context.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + audience)
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("auth-starter.audience")
				.extracting("reason")
				.asString()
				.startsWith("'NOT_SET' is not set."));
	}

	@Test
	void resolvesPlaceholders() {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=${API:one}${OTHER},$ {x}", "OTHER=two")
			.run((started) -> assertThat(started.getBean(AuthStarterProperties.class).audience())
				.containsExactlyInAnyOrder("onetwo", "$ {x}"));
	}

	@Test
	void refusesSwitchThatIsNeitherOnNorOff() {
		this.context
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"auth-starter.cache.enabled=")
			.run((started) -> assertThat(started).hasFailed());
	}

	@Test
	void bringsNoConfigurationFile() {
		assertThat(AuthStarterProperties.class.getResource("/application.properties")).isNull();
		assertThat(AuthStarterProperties.class.getResource("/application.yml")).isNull();
	}

}
