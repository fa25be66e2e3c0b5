package dev.authstarter.claims;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every token of the corpus, signed and with current times, passes decoder and converter
 * of an application that trusts an issuer for each of them.
 */
class ProviderSamplesRealPathTests {

	private static final Set<Reason> REASONS_OF_TYPE = Set.of(Reason.WRONG_TYPE, Reason.ID_TOKEN, Reason.REFRESH_TOKEN,
			Reason.LOGOUT_TOKEN, Reason.SECURITY_EVENT_TOKEN, Reason.NOT_AN_ACCESS_TOKEN);

	private static final Map<String, TestKey> KEYS = Map.of("RS256", TestKey.RSA, "ES256", TestKey.P256, "ES384",
			TestKey.P384);

	private final List<Sample> samples = Sample.all().toList();

	@Test
	void readsWhatIsExpectedAndRefusesTheRest() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues(properties())
			.run((started) -> {
				assertThat(started).hasNotFailed();
				for (int i = 0; i < this.samples.size(); i++) {
					validate(started, i);
				}
			});
	}

	@Test
	void refusesTokenThatGrantsNothing() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuer=https://s.example", "auth-starter.provider=entra",
					"auth-starter.audience=6e74172b-be56-4843-9ff4-e66a39bb12e3")
			.run((started) -> assertThat(decode(started.getBean(JwtDecoder.class),
					signed(started, Sample.named("entra-m2m-no-roles.json"), "https://s.example")))
				.isEqualTo(Reason.NO_GRANTS));
	}

	@Test
	void refusesTokenOfAnOrganizationThatIsNotAllowed() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuer=https://s.example", "auth-starter.provider=github-actions",
					"auth-starter.audience=https://orders.example", "auth-starter.organization.allowed=66,650,6")
			.run((started) -> assertThat(decode(started.getBean(JwtDecoder.class),
					signed(started, Sample.named("github-actions-m2m.json"), "https://s.example")))
				.isEqualTo(Reason.ORGANIZATION_NOT_ALLOWED));
	}

	private void validate(ApplicationContext started, int index) {
		Sample sample = this.samples.get(index);
		Object outcome = decode(started.getBean(JwtDecoder.class), signed(started, sample, issuer(index)));
		if (!sample.isAccessToken()) {
			assertThat(outcome).as(sample.name()).isIn(REASONS_OF_TYPE);
		}
		else if (sample.expect().containsKey("rejected_because")) {
			assertThat(outcome).as(sample.name()).isEqualTo(Reason.WRONG_AUDIENCE);
		}
		else if (sample.namesNoCaller()) {
			assertThat(outcome).as(sample.name()).isEqualTo(Reason.MISSING_CLAIM);
		}
		else {
			assertThat(outcome).as(sample.name()).isInstanceOf(Jwt.class);
			AbstractAuthenticationToken caller = started.getBean(JwtAuthenticationConverter.class)
				.convert((Jwt) outcome);
			assertExpected(sample, started.getBean(AccessTokenReader.class).read(caller));
			assertThat(caller.getName()).isNotEmpty();
		}
	}

	private static Object decode(JwtDecoder decoder, String token) {
		try {
			return decoder.decode(token);
		}
		catch (JwtException ex) {
			return (ex instanceof Refused refused) ? refused.refusal().reason() : ex;
		}
	}

	private static void assertExpected(Sample sample, @Nullable AccessToken token) {
		assertThat(token).isNotNull();
		assertThat(token.roles()).as(sample.name())
			.containsExactlyInAnyOrderElementsOf(Sample.strings(sample.expect().get("roles")));
		assertThat(token.scopes()).as(sample.name())
			.containsExactlyInAnyOrderElementsOf(Sample.strings(sample.expect().get("scopes")));
		assertThat(token.permissions()).as(sample.name())
			.containsExactlyInAnyOrderElementsOf(Sample.strings(sample.expect().get("permissions")));
		assertThat(token.organizations()).as(sample.name())
			.extracting(Organization::id)
			.containsExactlyInAnyOrderElementsOf(sample.organizations());
		assertThat(token.clientId()).as(sample.name()).isEqualTo(sample.expect().get("client_id"));
		assertThat(token.callerType() == CallerType.MACHINE).as(sample.name())
			.isEqualTo(sample.expect().get("machine"));
	}

	private String[] properties() {
		List<String> properties = new ArrayList<>();
		for (int i = 0; i < this.samples.size(); i++) {
			Sample sample = this.samples.get(i);
			String prefix = "auth-starter.issuers.s" + i + ".";
			properties.add(prefix + "issuer=" + issuer(i));
			properties.add(prefix + "token.allow-no-grants=true");
			add(properties, prefix + "audience", List.copyOf(sample.audience()));
			add(properties, prefix + "organization.allowed",
					sample.allowed().isEmpty() ? List.of("*") : sample.allowed());
			if (sample.preset() != null) {
				properties.add(prefix + "provider=" + sample.preset());
			}
			sample.settings().forEach((setting, texts) -> add(properties, prefix + setting.property(), texts));
		}
		return properties.toArray(String[]::new);
	}

	private static void add(List<String> properties, String property, List<String> values) {
		for (int i = 0; i < values.size(); i++) {
			properties.add("%s[%d]=%s".formatted(property, i, values.get(i)));
		}
	}

	private static String issuer(int index) {
		return "https://s%d.example".formatted(index);
	}

	private static String signed(ApplicationContext started, Sample sample, String issuer) {
		String algorithm = String.valueOf(sample.header().get("alg"));
		TestKey key = KEYS.getOrDefault(algorithm, TestKey.RSA);
		long now = started.getBean(AuthStarterAutoConfiguration.CLOCK, Clock.class).instant().getEpochSecond();
		Map<String, @Nullable Object> header = new LinkedHashMap<>(sample.header());
		header.put("kid", key.keyId());
		Map<String, @Nullable Object> claims = new LinkedHashMap<>(sample.claims());
		claims.put("iss", issuer);
		claims.put("exp", now + 300);
		for (String time : Arrays.asList("iat", "nbf")) {
			if (claims.containsKey(time)) {
				claims.put(time, now);
			}
		}
		return new TestToken(header, claims).signedBy(key, JWSAlgorithm.parse(algorithm));
	}

}
