package dev.authstarter.token;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is cached of a token, and what is never cached.
 */
class TokenCacheTests {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private final TestClock clock = new TestClock(TestApi.NOW);

	private final SwitchableKeys keys = new SwitchableKeys(TestKey.RSA.publicKey());

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
				IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
				AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class))
		.withBean(AuthStarterAutoConfiguration.CLOCK, Clock.class, () -> this.clock)
		.withBean(TrustedKeys.class, () -> this.keys)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	@Test
	void verifiesTokenOnce() {
		decoding((decoder) -> {
			String token = VALID.signed();
			Jwt first = decoder.decode(token);
			assertThat(decoder.decode(copy(token))).isSameAs(first);
		});
	}

	@Test
	void verifiesEveryTimeWhereItIsTurnedOff() {
		this.context.withPropertyValues("auth-starter.cache.enabled=false").run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			Jwt first = decoder.decode(VALID.signed());
			assertThat(decoder.decode(VALID.signed())).isNotSameAs(first);
			assertThat(started).doesNotHaveBean(TokenCache.class);
		});
	}

	@Test
	void refusesRememberedTokenOnceItsTimeIsOver() {
		decoding((decoder) -> {
			String token = VALID.signed();
			decoder.decode(token);
			this.clock.advance(Duration.ofSeconds(329));
			decoder.decode(token);
			this.clock.advance(Duration.ofSeconds(1));
			assertThat(answer(decoder, token)).isEqualTo(Reason.TOKEN_EXPIRED);
			assertThat(answer(decoder, token)).isEqualTo(Reason.TOKEN_EXPIRED);
		});
	}

	@Test
	void refusesRememberedTokenWhileTheClockIsSetBack() {
		decoding((decoder) -> {
			String token = VALID.signed();
			decoder.decode(token);
			this.clock.advance(Duration.ofSeconds(-31));
			assertThat(answer(decoder, token)).isEqualTo(Reason.TOKEN_NOT_YET_VALID);
			this.clock.advance(Duration.ofSeconds(31));
			decoder.decode(token);
		});
	}

	@Test
	void refusesRememberedTokenOnceItsKeyIsRemoved() {
		decoding((decoder) -> {
			String token = VALID.signed();
			decoder.decode(token);
			this.keys.publish(TestKey.P256.publicKey());
			assertThat(answer(decoder, token)).isEqualTo(Reason.UNKNOWN_KEY);
			this.keys.publish(TestKey.RSA.publicKey());
			decoder.decode(token);
		});
	}

	@Test
	void refusesRememberedTokenOnceItsKeyIdBelongsToAnotherKey() {
		decoding((decoder) -> {
			String token = VALID.signed();
			decoder.decode(token);
			this.keys.publish(TestKey.OTHER_RSA.publicKey());
			assertThat(answer(decoder, token)).isEqualTo(Reason.BAD_SIGNATURE);
		});
	}

	@Test
	void verifiesAgainAfterKeyWasAdded() {
		decoding((decoder) -> {
			String token = VALID.signed();
			Jwt first = decoder.decode(token);
			this.keys.publish(TestKey.RSA.publicKey(), TestKey.P256.publicKey());
			Jwt again = decoder.decode(token);
			assertThat(again).isNotSameAs(first);
			assertThat(decoder.decode(token)).isSameAs(again);
		});
	}

	@Test
	void answersUnavailableWhereTheKeysAreGone() {
		decoding((decoder) -> {
			String token = VALID.signed();
			decoder.decode(token);
			this.keys.fail();
			assertThat(answer(decoder, token)).isEqualTo(Reason.KEYS_UNAVAILABLE);
		});
	}

	@Test
	void verifiesEveryTimeWhereEachLookBringsOtherKeys() {
		TrustedKeys restless = (issuer) -> () -> KeySet.of(new JWKSet(TestKey.RSA.publicKey()));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
					IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
					AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class))
			.withBean(AuthStarterAutoConfiguration.CLOCK, Clock.class, () -> this.clock)
			.withBean(TrustedKeys.class, () -> restless)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run((started) -> {
				String token = VALID.signed();
				Jwt first = started.getBean(JwtDecoder.class).decode(token);
				assertThat(started.getBean(JwtDecoder.class).decode(token)).isNotSameAs(first);
			});
	}

	@Test
	void asksTheApplicationsRulesEveryTime() {
		AtomicBoolean revoked = new AtomicBoolean();
		OAuth2TokenValidator<Jwt> rule = (jwt) -> revoked.get()
				? OAuth2TokenValidatorResult.failure(new OAuth2Error("revoked")) : OAuth2TokenValidatorResult.success();
		this.context.withBean("revocation", OAuth2TokenValidator.class, () -> rule).run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			String token = VALID.signed();
			Jwt first = decoder.decode(token);
			revoked.set(true);
			assertThat(answer(decoder, token)).isEqualTo(Reason.REFUSED_BY_RULE);
			revoked.set(false);
			assertThat(decoder.decode(token)).isSameAs(first);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://other.example/", "https://issuer.example", "HTTPS://issuer.example/" })
	void doesNotTakeTokenOfAnotherIssuerForKnownOne(String issuer) {
		decoding((decoder) -> {
			decoder.decode(VALID.signed());
			assertThat(answer(decoder, VALID.with("iss", issuer).signed())).isEqualTo(Reason.WRONG_ISSUER);
		});
	}

	@Test
	void knowsNoSecondSpellingOfKnownToken() {
		decoding((decoder) -> {
			String token = VALID.signed();
			decoder.decode(token);
			int end = token.length() - 1;
			char last = token.charAt(end);
			String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
			for (int i = 0; i < alphabet.length(); i++) {
				char other = alphabet.charAt(i);
				if (other != last) {
					assertThat(answer(decoder, token.substring(0, end) + other)).as("last character %s", other)
						.isNotNull();
				}
			}
			for (String other : List.of(token + " ", " " + token, token + "=", token + "A", token + ".",
					token.substring(0, end), token.toLowerCase(Locale.ROOT), token.toUpperCase(Locale.ROOT),
					swapped(token, 5), swapped(token, token.length() / 2))) {
				assertThat(answer(decoder, other)).as(other.length() + " characters").isNotNull();
			}
		});
	}

	@Test
	void distinguishesTokensWhoseHashesCollide() {
		String token = VALID.signed();
		String sameTail = token.substring(0, 10) + (char) (token.charAt(10) ^ 1) + token.substring(11);
		assertThat(new TokenCache.Key(sameTail)).hasSameHashCodeAs(new TokenCache.Key(token))
			.isNotEqualTo(new TokenCache.Key(token));
		decoding((decoder) -> {
			decoder.decode(token);
			assertThat(answer(decoder, sameTail)).isNotNull();
			decoder.decode(token);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "abc", "abcdefghijklmnopqrstuvwxyz" })
	void takesKeyOfAnyLength(String text) {
		assertThat(new TokenCache.Key(text)).isEqualTo(new TokenCache.Key(copy(text)))
			.hasSameHashCodeAs(new TokenCache.Key(copy(text)));
		assertThat(new TokenCache.Key(text).toString()).doesNotContain("abc");
	}

	@Test
	void acceptsTokenThatManySendAtOnce() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(16);
		try {
			decoding((decoder) -> {
				String token = VALID.signed();
				List<Callable<Jwt>> requests = new ArrayList<>();
				for (int i = 0; i < 200; i++) {
					requests.add(() -> decoder.decode(copy(token)));
				}
				for (Future<Jwt> answer : executor.invokeAll(requests)) {
					assertThat(answer.get().getSubject()).isEqualTo("auth0|42");
				}
			});
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void neverAnswersByRemovedKeyWhileKeysRotate() throws Exception {
		JWK first = TestKey.RSA.publicKey();
		JWK second = TestKey.P256.publicKey();
		ExecutorService executor = Executors.newFixedThreadPool(4);
		AtomicBoolean stop = new AtomicBoolean();
		try {
			decoding((decoder) -> {
				String token = VALID.signed();
				List<Future<?>> load = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					load.add(executor.submit(() -> {
						while (!stop.get()) {
							answer(decoder, token);
						}
					}));
				}
				for (int i = 0; i < 2_000; i++) {
					this.keys.publish(second);
					assertThat(answer(decoder, token)).isEqualTo(Reason.UNKNOWN_KEY);
					this.keys.publish(first);
					assertThat(answer(decoder, token)).isNull();
				}
				stop.set(true);
				for (Future<?> thread : load) {
					thread.get();
				}
			});
		}
		finally {
			stop.set(true);
			executor.shutdownNow();
		}
	}

	@Test
	void remembersNoTokenThatIsRefused() {
		this.context.run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			for (BrokenTokens.Row row : BrokenTokens.all()) {
				answer(decoder, row.token());
			}
			assertThat(started.getBean(TokenCache.class).cache().estimatedSize()).isZero();
		});
	}

	@Test
	void keepsWhatItKnowsThroughFloodOfInvalidTokens() {
		this.context.withPropertyValues("auth-starter.cache.maximum-size=1MB").run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			TokenCache tokens = started.getBean(TokenCache.class);
			List<String> genuine = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				genuine.add(VALID.with("jti", "genuine-" + i).signed());
			}
			genuine.forEach(decoder::decode);
			String expired = VALID.with("exp", TestApi.NOW.getEpochSecond() - 60)
				.with("iat", TestApi.NOW.getEpochSecond() - 90)
				.signed();
			String stem = expired.substring(0, expired.length() - 10);
			for (int i = 0; i < 1_000_000; i++) {
				// Another invented signature each time.
				if (answer(decoder, stem + (1_000_000_000 + i)) == null) {
					throw new AssertionError("accepted");
				}
			}
			CacheStats before = tokens.cache().stats();
			genuine.forEach(decoder::decode);
			CacheStats since = tokens.cache().stats().minus(before);
			assertThat(since.hitRate()).isOne();
			assertThat(tokens.cache().estimatedSize()).isEqualTo(100);
		});
	}

	@Test
	void staysWithinItsSize() {
		this.context.withPropertyValues("auth-starter.cache.maximum-size=1MB").run((started) -> {
			JwtDecoder decoder = started.getBean(JwtDecoder.class);
			for (int i = 0; i < 2_000; i++) {
				decoder.decode(VALID.with("jti", "token-" + i).signed());
			}
			TokenCache tokens = started.getBean(TokenCache.class);
			tokens.cache().cleanUp();
			assertThat(tokens.cache().policy().eviction().orElseThrow().weightedSize().orElseThrow())
				.isLessThanOrEqualTo(DataSize.ofMegabytes(1).toBytes());
			assertThat(tokens.cache().estimatedSize()).isBetween(100L, 1_000L);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1KB", "-1MB" })
	void stopsTheStartWhereNothingFits(String size) {
		this.context.withPropertyValues("auth-starter.cache.maximum-size=" + size)
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.hasMessageContaining("auth-starter.cache.enabled"));
	}

	@Test
	void showsNothingOfWhatIsRemembered() {
		this.context.run((started) -> {
			started.getBean(JwtDecoder.class).decode(VALID.signed());
			assertThat(started.getBean(TokenCache.class).cache().asMap().toString()).contains("VerifiedToken[")
				.doesNotContain("eyJ", "auth0|42", "clinic-spa", "org_acme", "read:notes");
		});
	}

	@Test
	@SuppressWarnings("NullAway") // The claims are present.
	void sharesNothingThatCanBeChanged() {
		decoding((decoder) -> {
			String token = VALID.with("nested", List.of(List.of("a"))).signed();
			Jwt jwt = decoder.decode(token);
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> jwt.getClaims().put("scope", "write:notes"));
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> jwt.<List<String>>getClaim("roles").add("admin"));
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> jwt.<List<List<String>>>getClaim("nested").get(0).add("b"));
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> jwt.<List<String>>getClaim("aud").add("x"));
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> jwt.getHeaders().put("alg", "none"));
		});
	}

	private void decoding(DecoderConsumer consumer) {
		this.context.run((started) -> consumer.accept(started.getBean(JwtDecoder.class)));
	}

	private static @Nullable Reason answer(JwtDecoder decoder, String token) {
		try {
			decoder.decode(token);
			return null;
		}
		catch (JwtException ex) {
			return ((Refused) ex).refusal().reason();
		}
	}

	/** As a request has it: equal, and another object. */
	private static String copy(String token) {
		return new String(token.toCharArray());
	}

	private static String swapped(String token, int index) {
		char c = token.charAt(index);
		char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
		return token.substring(0, index) + ((other != c) ? other : 'x') + token.substring(index + 1);
	}

	/**
	 * Takes a decoder.
	 */
	private interface DecoderConsumer {

		void accept(JwtDecoder decoder) throws Exception;

	}

}
