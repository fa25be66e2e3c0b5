package dev.authstarter.token;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.Reason;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The results of the verifier for a caller that does not wait.
 */
class TokenVerifierTests {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final KeySet KEYS = KeySet.of(new JWKSet(TestKey.RSA.publicKey()));

	private static final KeySet OTHER_KEYS = KeySet.of(new JWKSet(TestKey.P256.publicKey()));

	private final CompletableFuture<KeyLookup> fetched = new CompletableFuture<>();

	@Test
	void acceptsAndRemembersTheSameToken() {
		verifying((issuer) -> () -> KEYS, (verifier) -> {
			Verification first = verifier.verify(new PresentedToken(VALID.signed()));
			assertThat(first).isInstanceOf(VerifiedToken.class);
			String token = ((VerifiedToken) first).jwt().getTokenValue();
			assertThat(verifier.verify(new PresentedToken(token))).isSameAs(first);
		});
	}

	@Test
	void refusesWithReasonAndIssuer() {
		verifying((issuer) -> () -> KEYS, (verifier) -> {
			assertThat(verifier.verify(new PresentedToken(VALID.with("exp", 1).with("iat", 0).signed())))
				.isInstanceOfSatisfying(RefusedToken.class, (refused) -> {
					assertThat(refused.reason()).isEqualTo(Reason.TOKEN_EXPIRED);
					assertThat(refused.issuer()).isNotNull();
				});
			assertThat(verifier.verify(new PresentedToken("a"))).isEqualTo(refused(Reason.MALFORMED_TOKEN));
			assertThat(verifier.verify(new PresentedToken(VALID.with("iss", "https://other.example").signed())))
				.isEqualTo(refused(Reason.WRONG_ISSUER));
		});
	}

	@Test
	void isPendingWhileKeysAreFetched() {
		verifying((issuer) -> () -> awaited(), (verifier) -> {
			PendingVerification pending = pending(verifier.verify(new PresentedToken(VALID.signed())));
			assertThat(pending.arrival()).isNotDone();
			assertThat(reason(pending.resume())).isEqualTo(Reason.KEYS_UNAVAILABLE);
			this.fetched.complete(KEYS);
			assertThat(pending.arrival()).isDone();
			assertThat(pending.resume()).isInstanceOf(VerifiedToken.class);
		});
	}

	@Test
	void refusesWithoutKeysWhatNeedsNone() {
		verifying((issuer) -> () -> awaited(),
				(verifier) -> assertThat(reason(
						verifier.verify(new PresentedToken(VALID.with("aud", "https://other.example").signed()))))
					.isEqualTo(Reason.WRONG_AUDIENCE));
	}

	@Test
	void isPendingWhileUnknownKeyIsSought() {
		verifying((issuer) -> new Rotating(), (verifier) -> {
			PendingVerification pending = pending(verifier.verify(new PresentedToken(VALID.signed())));
			assertThat(reason(pending.resume())).isEqualTo(Reason.KEYS_UNAVAILABLE);
			this.fetched.complete(KEYS);
			assertThat(pending.resume()).isInstanceOf(VerifiedToken.class);
		});
	}

	@Test
	void refusesUnknownKeyThatWasSoughtInVain() {
		verifying((issuer) -> new Rotating(), (verifier) -> {
			PendingVerification pending = pending(verifier.verify(new PresentedToken(VALID.signed())));
			this.fetched.complete(OTHER_KEYS);
			assertThat(reason(pending.resume())).isEqualTo(Reason.UNKNOWN_KEY);
		});
	}

	@Test
	void refusesSignatureThatNewerKeysDoNotVerifyEither() {
		verifying((issuer) -> new Rotating(), (verifier) -> {
			PendingVerification pending = pending(verifier.verify(new PresentedToken(VALID.signed())));
			this.fetched.complete(KeySet.of(new JWKSet(TestKey.OTHER_RSA.publicKey())));
			assertThat(reason(pending.resume())).isEqualTo(Reason.BAD_SIGNATURE);
		});
	}

	@Test
	void showsNothingOfTheToken() {
		verifying((issuer) -> () -> KEYS, (verifier) -> {
			PresentedToken token = new PresentedToken(VALID.signed());
			VerifiedToken verified = (VerifiedToken) verifier.verify(token);
			assertThat(token + " " + verified + " " + verified.content()).doesNotContain("eyJ", "auth0|42",
					"read:notes");
		});
	}

	private KeyLookup awaited() {
		return new KeyLookup.Pending(this.fetched, () -> this.fetched.getNow(new KeyLookup.Unavailable()));
	}

	private static PendingVerification pending(Verification verification) {
		assertThat(verification).isInstanceOf(PendingVerification.class);
		return (PendingVerification) verification;
	}

	private static Reason reason(Verification verification) {
		assertThat(verification).isInstanceOf(RefusedToken.class);
		return ((RefusedToken) verification).reason();
	}

	private static RefusedToken refused(Reason reason) {
		return new RefusedToken(reason, null);
	}

	private static void verifying(TrustedKeys keys, Consumer<TokenVerifier> test) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
					IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
					AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class))
			.withBean(AuthStarterAutoConfiguration.CLOCK, Clock.class, () -> Clock.fixed(TestApi.NOW, ZoneOffset.UTC))
			.withBean(TrustedKeys.class, () -> keys)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run((started) -> test.accept(started.getBean(TokenVerifier.class)));
	}

	/**
	 * Keys that lack the token's, while others are fetched.
	 */
	private final class Rotating implements IssuerKeys {

		@Override
		public KeyLookup current() {
			return OTHER_KEYS;
		}

		@Override
		public KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
			return awaited();
		}

	}

}
