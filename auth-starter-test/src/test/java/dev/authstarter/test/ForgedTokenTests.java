package dev.authstarter.test;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ForgedTokenTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final TokenForge forge = TokenForge.of("https://issuer.example/", List.of("https://api.example"),
			Clock.fixed(NOW, ZoneOffset.UTC));

	private final ForgedToken token = this.forge.token();

	@Test
	void goodTokenHasTheClaimsOfRfc9068() throws Exception {
		SignedJWT jwt = SignedJWT.parse(this.token.value());
		assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
		assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
		assertThat(claims(this.token)).containsEntry("iss", "https://issuer.example/")
			.containsEntry("aud", "https://api.example")
			.containsEntry("iat", NOW.getEpochSecond())
			.containsEntry("exp", NOW.plusSeconds(3600).getEpochSecond())
			.containsOnlyKeys("iss", "aud", "sub", "iat", "exp", "jti", "client_id", "scope");
	}

	@Test
	void publicKeysVerifyToken() throws Exception {
		SignedJWT jwt = SignedJWT.parse(this.token.value());
		RSAKey key = this.forge.publicKeys().getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
		assertThat(key.isPrivate()).isFalse();
		assertThat(jwt.verify(new RSASSAVerifier(key))).isTrue();
		assertThat(SignedJWT.parse(this.token.signedByUntrustedKey().value()).verify(new RSASSAVerifier(key)))
			.isFalse();
	}

	@Test
	void publicKeysHaveNoPrivatePart() {
		assertThat(this.forge.publicKeys().getKeys()).hasSize(5).noneMatch((key) -> key.isPrivate());
	}

	@Test
	void keysAreTheSameForEveryForge() {
		assertThat(TokenForge.of("https://other.example/", "x").publicKeys().getKeys())
			.isEqualTo(this.forge.publicKeys().getKeys());
	}

	@Test
	void valueIsAlwaysTheSame() {
		ForgedToken random = this.token.withAlgorithm(JWSAlgorithm.PS256);
		assertThat(random.value()).isEqualTo(random.value());
	}

	@Test
	void everyTokenHasAnIdOfItsOwn() {
		assertThat(this.token.value()).isNotEqualTo(this.forge.token().value());
	}

	@Test
	void copyLeavesTheOriginalAlone() {
		String before = this.token.value();
		String good = this.token.toString();
		this.token.expired().withType("x").tampered().unsigned().withoutAudience().withScopes("a").withRoles("b");
		assertThat(this.token).hasToString(good);
		assertThat(this.token.value()).isEqualTo(before);
	}

	@Test
	void defectsAddUp() throws Exception {
		ForgedToken broken = this.token.tampered().expired().forAudience("https://other.example").withScopes("a");
		assertThat(claims(broken)).containsEntry("admin", true)
			.containsEntry("aud", "https://other.example")
			.containsEntry("scope", "a")
			.containsEntry("exp", NOW.minusSeconds(3600).getEpochSecond());
	}

	@Test
	void nameMethodsReplaceWhatWasThere() throws Exception {
		assertThat(claims(this.token.withScopes("a", "b").withScopes("c"))).containsEntry("scope", "c");
		assertThat(claims(this.token.withPermissions("a").withPermissions("b"))).containsEntry("permissions",
				List.of("b"));
		assertThat(claims(this.token.withPermissions("a").withPermissions())).doesNotContainKey("permissions");
	}

	@Test
	void rolesOfAnOrganizationGoWithIt() throws Exception {
		ForgedToken viewer = this.token.withRoles("viewer");
		assertThat(claims(viewer.forOrganization("org_acme", "editor"))).containsEntry("org_id", "org_acme")
			.containsEntry("roles", List.of("viewer", "editor"));
		assertThat(claims(viewer.forOrganization("org_acme", "editor").forOrganization("org_globex")))
			.containsEntry("org_id", "org_globex")
			.containsEntry("roles", List.of("viewer"));
		assertThat(claims(this.token.forOrganization("org_acme", "editor").withRoles("viewer"))).containsEntry("roles",
				List.of("viewer", "editor"));
	}

	@Test
	void claimMayBeAnyJson() throws Exception {
		ForgedToken odd = this.token.withClaim("text", "a")
			.withClaim("list", Set.of("a"))
			.withClaim("array", new Object[] { "a", 1 })
			.withClaim("map", Map.of("a", List.of(true)))
			.withClaim("time", NOW)
			.withClaim("nulls", Arrays.asList("a", null))
			.withClaim("null", null);
		assertThat(claims(odd)).containsEntry("text", "a")
			.containsEntry("list", List.of("a"))
			.containsEntry("array", List.of("a", 1L))
			.containsEntry("map", Map.of("a", List.of(true)))
			.containsEntry("time", NOW.getEpochSecond())
			.containsEntry("nulls", Arrays.asList("a", null))
			.containsEntry("null", null);
	}

	@Test
	void claimThatIsNoJsonIsRefusedWithTheReason() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.token.withClaim("when", Duration.ZERO))
			.withMessage("'when' cannot be a java.time.Duration: use text, numbers, booleans, lists, maps, Instant or "
					+ "null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HS256", "ES256K", "Ed448", "none", "XY" })
	void algorithmThatNoIssuerUsesIsRefusedWithTheReason(String algorithm) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.token.withAlgorithm(JWSAlgorithm.parse(algorithm)))
			.withMessageStartingWith("algorithm cannot be %s: use RS*", algorithm);
	}

	@Test
	void negativeDurationIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.token.expiredSince(Duration.ofSeconds(-1)));
	}

	@Test
	void severalAudiencesAreAList() throws Exception {
		TokenForge several = TokenForge.of("https://issuer.example/", Set.of("b", "a"), Clock.systemUTC());
		assertThat(claims(several.token())).containsEntry("aud", List.of("a", "b"));
	}

	@Test
	void unsignedTokenHasAnEmptySignature() {
		assertThat(this.token.unsigned().value()).endsWith(".").matches("[^.]+\\.[^.]+\\.");
	}

	@Test
	void shownWithoutItsSignature() {
		assertThat(this.token.toString()).contains("\"typ\":\"at+jwt\"")
			.contains("forged-user")
			.doesNotContain(this.token.value());
	}

	/**
	 * As JSON has them: Nimbus' claim sets turn {@code aud} and times into other types.
	 */
	private static Map<String, Object> claims(ForgedToken token) throws ParseException {
		return SignedJWT.parse(token.value()).getPayload().toJSONObject();
	}

}
