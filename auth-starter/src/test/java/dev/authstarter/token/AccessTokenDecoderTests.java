package dev.authstarter.token;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.AccessTokenCustomizer;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;
import dev.authstarter.membership.OrganizationMemberships;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The decoder without HTTP, as its auto-configuration wires it.
 */
class AccessTokenDecoderTests {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final long NOW = TestApi.NOW.getEpochSecond();

	private static final JWKSet KEYS = new JWKSet(
			Stream.of(TestKey.RSA, TestKey.P256, TestKey.P384, TestKey.P521, TestKey.ED25519)
				.map(TestKey::publicKey)
				.toList());

	private static final KeySet FLOODED = KeySet.of(KEYS);

	private static final String FLOOD = "flood";

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
				IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
				AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class))
		.withBean(AuthStarterAutoConfiguration.CLOCK, Clock.class, () -> Clock.fixed(TestApi.NOW, ZoneOffset.UTC))
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	private final ApplicationContextRunner context = this.bare.withBean(TrustedKeys.class,
			() -> (issuer) -> () -> KeySet.of(KEYS));

	@Test
	void refusesEveryBrokenToken() {
		this.context.run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			for (BrokenTokens.Row row : BrokenTokens.all()) {
				if (!Reason.MALFORMED_REQUEST.equals(row.reason()) && !row.name().startsWith("neither subject")
						&& !row.name().startsWith("empty subject")) {
					assertThat(answer(decoder, row.token())).as(row.name()).isEqualTo(row.reason().code());
				}
			}
		});
	}

	@Test
	void acceptsEveryGoodToken() {
		this.context.run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			TokenPolicyTests.goodTokens()
				.forEach((token) -> assertThat(answer(decoder, token.signed())).as(token.toString())
					.isEqualTo("accepted"));
			TokenPolicyTests.tokensOfEveryAlgorithm()
				.forEach((token) -> assertThat(answer(decoder, token)).as(token).isEqualTo("accepted"));
		});
	}

	@Test
	void saysWhatSpringSecurityExpects() {
		this.context.run((started) -> {
			String token = VALID.with("iat", NOW - 5).signed();
			Jwt jwt = started.getBean(JwtDecoder.class).decode(token);
			assertThat(jwt.getTokenValue()).isEqualTo(token);
			assertThat(jwt.getHeaders()).containsEntry("typ", "at+jwt").containsEntry("alg", "RS256");
			assertThat(jwt.getIssuedAt()).isEqualTo(Instant.ofEpochSecond(NOW - 5));
			assertThat(jwt.getExpiresAt()).isEqualTo(Instant.ofEpochSecond(NOW + 300));
			assertThat(jwt.getClaims()).containsEntry("iss", TestToken.ISSUER).containsEntry("sub", "auth0|42");
			assertThat(jwt.getAudience()).containsExactly(TestToken.AUDIENCE);
		});
	}

	@Test
	void saysThatKeysAreUnavailable() {
		this.bare.withBean(TrustedKeys.class, () -> (issuer) -> KeyLookup.Unavailable::new).run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			assertThat(catchThrowable(() -> decoder.decode(VALID.signed()))).isInstanceOf(JwtException.class)
				.isNotInstanceOf(BadJwtException.class)
				.hasMessage(Reason.KEYS_UNAVAILABLE.description());
			assertThat(answer(decoder, VALID.signed())).isEqualTo("keys_unavailable");
			assertThat(answer(decoder, VALID.with("exp", 1).signed())).isEqualTo("token_expired");
		});
	}

	@Test
	void interruptionEndsTheWaitForKeys() {
		KeyLookup awaited = new KeyLookup.Pending(new CompletableFuture<>(), KeyLookup.Unavailable::new);
		this.bare.withBean(TrustedKeys.class, () -> (issuer) -> () -> awaited).run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			Thread.currentThread().interrupt();
			assertThat(answer(decoder, VALID.signed())).isEqualTo("keys_unavailable");
			assertThat(Thread.interrupted()).isTrue();
		});
	}

	@Test
	void newTokensWaitForEachOtherAndKnownOnesDoNot() {
		CountDownLatch open = new CountDownLatch(1);
		Semaphore begun = new Semaphore(0);
		flooded(this.bare, begun, open).run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			String known = VALID.with("jti", "known").signed();
			assertThat(answer(decoder, known)).isEqualTo("accepted");
			int processors = Runtime.getRuntime().availableProcessors();
			List<Thread> flood = flood(decoder, processors + 1);
			await().until(() -> begun.availablePermits() == processors
					&& flood.stream().allMatch((thread) -> thread.getState() == Thread.State.WAITING));
			assertThat(answer(decoder, known)).isEqualTo("accepted");
			open.countDown();
			await().until(() -> begun.availablePermits() == processors + 1);
		});
	}

	@ParameterizedTest
	@MethodSource("code")
	void newTokensDoNotWaitForEachOtherWhereCodeOfTheApplicationMayBlock(Class<?> type, Supplier<Object> bean) {
		CountDownLatch open = new CountDownLatch(1);
		Semaphore begun = new Semaphore(0);
		int more = Runtime.getRuntime().availableProcessors() + 1;
		flooded(with(this.bare, type, bean), begun, open).withPropertyValues("auth-starter.organization.allowed=org_*")
			.run((started) -> {
				flood(started.getBean(JwtDecoder.class), more);
				await().until(() -> begun.availablePermits() == more);
				open.countDown();
			});
	}

	static Stream<Arguments> code() {
		return Stream.of(
				arguments(OAuth2TokenValidator.class,
						bean((OAuth2TokenValidator<Jwt>) (jwt) -> OAuth2TokenValidatorResult.success())),
				arguments(IssuerResolver.class, bean((IssuerResolver) (issuer) -> null)),
				arguments(AccessTokenCustomizer.class, bean((AccessTokenCustomizer) (token) -> token)),
				arguments(OrganizationMemberships.class, bean((OrganizationMemberships) (token) -> CompletableFuture
					.completedFuture(token.organizations()))));
	}

	private static Supplier<Object> bean(Object bean) {
		return () -> bean;
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextRunner with(ApplicationContextRunner runner, Class<?> type,
			Supplier<Object> bean) {
		return runner.withBean((Class<Object>) type, bean);
	}

	/**
	 * Threads of a flood wait in the look-up of keys, which is part of the verification.
	 */
	private static ApplicationContextRunner flooded(ApplicationContextRunner runner, Semaphore begun,
			CountDownLatch open) {
		return runner.withBean(TrustedKeys.class, () -> (issuer) -> () -> {
			if (Thread.currentThread().getName().equals(FLOOD)) {
				begun.release();
				try {
					open.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return FLOODED;
		});
	}

	private static List<Thread> flood(JwtDecoder decoder, int size) {
		List<Thread> threads = IntStream.range(0, size)
			.mapToObj((i) -> VALID.with("jti", "flood " + i).signed())
			.map((token) -> new Thread(() -> answer(decoder, token), FLOOD))
			.toList();
		threads.forEach(Thread::start);
		return threads;
	}

	@Test
	void triesEveryKeyThatFits() {
		this.bare
			.withBean(TrustedKeys.class,
					() -> (issuer) -> () -> KeySet
						.of(new JWKSet(List.of(TestKey.OTHER_RSA.publicKey(), TestKey.RSA.publicKey()))))
			.run((started) -> assertThat(answer(started.getBean(JwtDecoder.class), VALID.signed()))
				.isEqualTo("accepted"));
	}

	@Test
	void holdsNoStackTraceOfRefusal() {
		this.context.run((started) -> assertThat(
				catchThrowable(() -> started.getBean(JwtDecoder.class).decode("a.b.c")).getStackTrace())
			.isEmpty());
	}

	@Test
	void asksTheSeamForTheIssuerOfTheToken() {
		List<String> asked = new ArrayList<>();
		this.bare.withBean(TrustedKeys.class, () -> (issuer) -> () -> (KeySet) (header) -> {
			asked.add(issuer.issuer() + " " + header.getKeyID() + " " + header.getAlgorithm());
			return List.<JWK>of();
		})
			.run((started) -> assertThat(answer(started.getBean(JwtDecoder.class), VALID.signed()))
				.isEqualTo("unknown_key"));
		assertThat(asked).containsExactly(TestToken.ISSUER + " rsa RS256");
	}

	@Test
	void addsRulesOfTheApplication() {
		this.context.withBean("refuseMachines", OAuth2TokenValidator.class,
				() -> (OAuth2TokenValidator<Jwt>) (jwt) -> jwt.hasClaim("gty")
						? OAuth2TokenValidatorResult.failure(new OAuth2Error("no"))
						: OAuth2TokenValidatorResult.success())
			.run((started) -> {
				JwtDecoder decoder = started.getBean(JwtDecoder.class);
				assertThat(answer(decoder, VALID.signed())).isEqualTo("accepted");
				assertThat(answer(decoder, VALID.with("gty", "x").signed())).isEqualTo("refused_by_rule");
			});
	}

	// Properties

	@Test
	void strictProfileWantsTypeAndClaims() {
		this.context.withPropertyValues("auth-starter.profile=rfc9068").run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			assertThat(answer(decoder, VALID.signed())).isEqualTo("accepted");
			assertThat(answer(decoder, VALID.withType("application/AT+jwt").signed())).isEqualTo("accepted");
			assertThat(answer(decoder, VALID.withType("JWT").signed())).isEqualTo("wrong_type");
			assertThat(answer(decoder, VALID.withoutHeader("typ").signed())).isEqualTo("wrong_type");
			for (String claim : List.of("sub", "client_id", "iat", "jti")) {
				assertThat(answer(decoder, VALID.without(claim).signed())).isEqualTo("missing_claim");
			}
		});
	}

	@Test
	void wantsRequiredClaims() {
		this.context.withPropertyValues("auth-starter.token.required-claims=tier").run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			assertThat(answer(decoder, VALID.with("tier", 1).signed())).isEqualTo("accepted");
			assertThat(answer(decoder, VALID.signed())).isEqualTo("missing_claim");
			assertThat(answer(decoder, VALID.with("tier", null).signed())).isEqualTo("missing_claim");
		});
	}

	@Test
	void limitsTheLifetime() {
		this.context.withPropertyValues("auth-starter.token.maximum-lifetime=5m").run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			assertThat(answer(decoder, VALID.signed())).isEqualTo("accepted");
			assertThat(answer(decoder, VALID.with("exp", NOW + 301).signed())).isEqualTo("lifetime_too_long");
			assertThat(answer(decoder, VALID.without("iat").signed())).isEqualTo("lifetime_too_long");
		});
	}

	@ParameterizedTest
	@CsvSource({ "clock-skew, -1s", "clock-skew, 301s", "token.maximum-lifetime, 0", "token.maximum-lifetime, -1s",
			"token.maximum-length, 0", "token.maximum-length, -1", "token.maximum-length, 262145",
			"introspection.uri, http://issuer.example/introspect", "introspection.time-to-live, -1ms",
			"introspection.time-to-live, 601s", "introspection.timeout, 0s", "introspection.timeout, -1ms",
			"introspection.timeout, 30001ms", "introspection.client-id, ", "introspection.client-secret, " })
	void refusesLimit(String name, String value) {
		ApplicationContextRunner runner = introspecting("https://issuer.example/introspect");
		runner = (value != null) ? runner.withPropertyValues("auth-starter." + name + "=" + value)
				: without(name.endsWith("id") ? "client-secret" : "client-id");
		runner.run((started) -> assertThat(started).hasFailed()
			.getFailure()
			.rootCause()
			.satisfies((failure) -> assertThat(failure.toString()).contains(name)));
	}

	private ApplicationContextRunner without(String otherCredential) {
		return this.context.withPropertyValues("auth-starter.introspection.uri=https://issuer.example/introspect",
				"auth-starter.introspection." + otherCredential + "=x");
	}

	@ParameterizedTest
	@CsvSource({ "clock-skew, 0", "clock-skew, 300s", "token.maximum-lifetime, 1ms", "token.maximum-length, 1",
			"token.maximum-length, 256KB", "introspection.time-to-live, 0", "introspection.time-to-live, 600s",
			"introspection.timeout, 1ms", "introspection.timeout, 30s" })
	void acceptsLimit(String name, String value) {
		introspecting("https://issuer.example/introspect").withPropertyValues("auth-starter." + name + "=" + value)
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void drawsTheLineAtMaximumLength() {
		this.context.withPropertyValues("auth-starter.token.maximum-length=5B").run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			assertThat(answer(decoder, "a.b.c")).isEqualTo("malformed_token");
			assertThat(answer(decoder, "a.b.cd")).isEqualTo("token_too_long");
		});
	}

	@Test
	void usesTheClockOfTheSystemUnlessThereIsAnother() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
					IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
					AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class))
			.withBean(TrustedKeys.class, () -> (issuer) -> () -> KeySet.of(KEYS))
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run((started) -> assertThat(answer(started.getBean(JwtDecoder.class),
					VALID.with("iat", 0).with("exp", 253_402_300_799L).signed()))
				.isEqualTo("accepted"));
	}

	// Opaque tokens

	@Test
	void validatesIntrospectionResponses() {
		try (JsonServer server = new JsonServer("/introspect")) {
			introspecting(server.uri("/introspect").toString()).run((started) -> {
				JwtDecoder decoder = started.getBean(JwtDecoder.class);
				server.answer(200, VALID.with("active", true).without("iss").claimsJson());
				Jwt jwt = decoder.decode("opaque");
				assertThat(jwt.getHeaders()).isEqualTo(Map.of("typ", "opaque"));
				assertThat(jwt.getClaims()).containsEntry("iss", TestToken.ISSUER);
				assertThat(answer(decoder, VALID.signed())).isEqualTo("accepted");
				assertThat(server.questions()).hasSize(1);
				server.answer(200, VALID.with("active", true).with("iss", "https://evil.example/").claimsJson());
				assertThat(answer(decoder, "other")).isEqualTo("wrong_issuer");
				server.answer(200, VALID.with("active", true).with("exp", NOW - 30).claimsJson());
				assertThat(answer(decoder, "third")).isEqualTo("token_expired");
				server.answer(500, "{}");
				assertThat(answer(decoder, "fourth")).isEqualTo("introspection_unavailable");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "opaque", "a.b", "a.b.c.d", "a.b.c.d.e" })
	void refusesOpaqueTokenUnlessItMayAsk(String token) {
		this.context.run(
				(started) -> assertThat(answer(started.getBean(JwtDecoder.class), token)).isEqualTo("malformed_token"));
	}

	private ApplicationContextRunner introspecting(String uri) {
		return this.context.withPropertyValues("auth-starter.introspection.uri=" + uri,
				"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret");
	}

	private static String answer(JwtDecoder decoder, String token) {
		Throwable thrown = catchThrowable(() -> decoder.decode(token));
		return (thrown instanceof Refused refused) ? refused.refusal().reason().code()
				: (thrown != null) ? thrown.toString() : "accepted";
	}

}
