package dev.authstarter.keys;

import java.io.IOException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeySetParserTests {

	private static final Map<String, Object> GOOD = ec(Curve.P_256, "good");

	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384", "P-521" })
	void keepsCurvesOfJws(String curve) throws Exception {
		assertThat(idsOf(ec(Curve.parse(curve), "key"))).containsExactly("key");
	}

	@Test
	void dropsOtherCurves() throws Exception {
		// The generator of the curve, which this Java runtime has no keys for.
		Map<String, Object> bitcoin = Map.of("kty", "EC", "crv", "secp256k1", "kid", "bitcoin", "x",
				"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g", "y", "SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg");
		assertThat(JWK.parse(bitcoin)).isInstanceOf(ECKey.class);
		assertThat(idsOf(GOOD, bitcoin)).containsExactly("good");
	}

	@Test
	void keepsEd25519() throws Exception {
		assertThat(idsOf(okp("Ed25519", 32))).containsExactly("key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EdDSA", "Ed25519" })
	void ed25519KeyFitsBothNamesOfItsAlgorithm(String algorithm) throws Exception {
		Map<String, Object> named = new HashMap<>(okp("Ed25519", 32));
		named.put("alg", algorithm);
		FetchedKeySet set = new FetchedKeySet(parse(named), Instant.EPOCH);
		assertThat(set.find(new JWSHeader(JWSAlgorithm.EdDSA))).hasSize(1);
		assertThat(set.find(new JWSHeader(JWSAlgorithm.Ed25519))).hasSize(1);
	}

	@Test
	void bindsKeyToItsAlgorithm() throws Exception {
		Map<String, Object> ed448 = new HashMap<>(okp("Ed25519", 32));
		ed448.put("alg", "Ed448");
		Map<String, Object> pss = new HashMap<>(rsa(2048));
		pss.put("alg", "PS256");
		FetchedKeySet set = new FetchedKeySet(parse(ed448, pss, with("alg", "ES512")), Instant.EPOCH);
		assertThat(set.find(new JWSHeader(JWSAlgorithm.EdDSA))).isEmpty();
		assertThat(set.find(new JWSHeader(JWSAlgorithm.RS256))).isEmpty();
		assertThat(set.find(new JWSHeader(JWSAlgorithm.PS256))).hasSize(1);
		assertThat(set.find(new JWSHeader(JWSAlgorithm.ES256))).isEmpty();
	}

	@Test
	void dropsRevokedKeys() throws Exception {
		assertThat(idsOf(GOOD, with("revoked", Map.of("revoked_at", 1, "reason", "compromised"))))
			.containsExactly("good");
	}

	@Test
	void measuresModulusWithoutLeadingZeros() throws Exception {
		byte[] padded = new byte[256];
		byte[] modulus = Base64URL.from((String) rsa(1024).get("n")).decode();
		System.arraycopy(modulus, 0, padded, padded.length - modulus.length, modulus.length);
		Map<String, Object> weak = new HashMap<>(rsa(1024));
		weak.put("n", Base64URL.encode(padded).toString());
		assertThat(idsOf(GOOD, weak)).containsExactly("good");
	}

	@Test
	void dropsKeyWithInvalidParameters() throws Exception {
		Map<String, Object> identity = new HashMap<>(rsa(2048));
		identity.put("e", "AQ");
		Map<String, Object> even = new HashMap<>(rsa(2048));
		even.put("e", "BA");
		Map<String, Object> nothing = new HashMap<>(rsa(2048));
		nothing.put("e", "AA");
		Map<String, Object> offTheCurve = new HashMap<>(GOOD);
		offTheCurve.put("y", GOOD.get("x"));
		assertThat(idsOf(GOOD, identity, even, nothing, offTheCurve)).containsExactly("good");
	}

	@Test
	void keepsSmallestExponent() throws Exception {
		Map<String, Object> three = new HashMap<>(rsa(2048));
		three.put("e", "Aw");
		assertThat(idsOf(three)).containsExactly("rsa-2048");
	}

	@Test
	void dropsOtherEdwardsKeys() throws Exception {
		assertThat(idsOf(GOOD, okp("Ed25519", 31), okp("Ed25519", 33), okp("Ed448", 57), okp("X25519", 32)))
			.containsExactly("good");
	}

	@Test
	void drawsTheLineForRsaAt2048Bits() throws Exception {
		assertThat(idsOf(GOOD, rsa(1024), rsa(2040), rsa(2048), rsa(3072))).containsExactly("good", "rsa-2048",
				"rsa-3072");
	}

	@Test
	void dropsSymmetricKeys() throws Exception {
		assertThat(idsOf(GOOD, Map.of("kty", "oct", "k", "c2VjcmV0", "kid", "secret"))).containsExactly("good");
	}

	@Test
	void keepsKeysForSignatures() throws Exception {
		assertThat(idsOf(with("use", "sig"))).containsExactly("key");
		assertThat(idsOf(with("key_ops", List.of("verify")))).containsExactly("key");
		assertThat(idsOf(with("key_ops", List.of("sign", "verify")))).containsExactly("key");
		assertThat(idsOf(with("alg", "ES256"))).containsExactly("key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "enc", "SIG", "other" })
	void dropsKeysForOtherUse(String use) throws Exception {
		assertThat(idsOf(GOOD, with("use", use))).containsExactly("good");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sign", "encrypt", "wrapKey", "deriveKey" })
	void dropsKeysForOtherOperations(String operation) throws Exception {
		assertThat(idsOf(GOOD, with("key_ops", List.of(operation)))).containsExactly("good");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ECDH-ES", "RSA-OAEP-256", "HS512x", "none" })
	void dropsKeysOfAlgorithmsThatDoNotSign(String algorithm) throws Exception {
		assertThat(idsOf(GOOD, with("alg", algorithm))).containsExactly("good");
	}

	@Test
	void keepsPublicPartOfPrivateKey() throws Exception {
		ECKey leaked = new ECKeyGenerator(Curve.P_256).keyID("leaked").keyUse(KeyUse.SIGNATURE).generate();
		assertThat(parse(leaked.toJSONObject()).getKeys()).containsExactly(leaked.toPublicJWK());
	}

	@Test
	void keepsOrderAndEqualIds() throws Exception {
		JWKSet keys = parse(ec(Curve.P_384, "twin"), ec(Curve.P_256, "twin"), rsa(2048));
		assertThat(keys.getKeys()).extracting(JWK::getKeyID).containsExactly("twin", "twin", "rsa-2048");
	}

	static Stream<Object> malformed() {
		return Stream.of("text", 7, true, List.of(), List.of(GOOD), Map.of(), Map.of("kty", "RSA"), Map.of("kty", 7),
				Map.of("kty", "new", "kid", "x"), Map.of("kty", "RSA", "n", "", "e", ""),
				Map.of("kty", "RSA", "n", 7, "e", "AQAB"), Map.of("kty", "RSA", "n", "AQAB"),
				Map.of("kty", "EC", "crv", "P-256", "x", "AQ", "y", "AQ"), Map.of("kty", "EC", "x", "AQ", "y", "AQ"),
				Map.of("kty", "EC", "crv", 7), Map.of("kty", "EC", "crv", "P-256", "x", "", "y", ""),
				Map.of("kty", "OKP", "crv", "Ed25519"), Map.of("kty", "OKP", "crv", "Ed25519", "x", ""), with("kid", 7),
				with("use", 7), with("use", ""), with("key_ops", "verify"), with("key_ops", List.of(7)), with("alg", 7),
				with("x5c", List.of("!!")), with("x5c", "no list"), with("x5c", List.of(7)), with("x5u", "::"),
				with("exp", "tomorrow"), with("use", "enc"), with("x5t#S256", List.of()));
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void malformedKeyCostsOnlyItself(Object entry) throws Exception {
		assertThat(parse(entry, GOOD).getKeys()).extracting(JWK::getKeyID).containsExactly("good");
	}

	@Test
	void dropsNull() throws Exception {
		List<Object> entries = new ArrayList<>(Collections.singletonList(null));
		entries.add(GOOD);
		assertThat(KeySetParser.parse(Map.of("keys", entries)).getKeys()).hasSize(1);
	}

	static Stream<Map<String, Object>> unusable() {
		Map<String, Object> nothing = new HashMap<>();
		nothing.put("keys", null);
		return Stream.of(Map.of(), nothing, Map.of("keys", Map.of()), Map.of("keys", "text"), Map.of("keys", List.of()),
				Map.of("keys", List.of(Map.of())), Map.of("keys", List.of(rsa(1024))),
				Map.of("keys", List.of(with("use", "enc"))), Map.of("KEYS", List.of(GOOD)));
	}

	@ParameterizedTest
	@MethodSource("unusable")
	void refusesSetWithoutUsableKey(Map<String, Object> document) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> KeySetParser.parse(document))
			.withMessage("The key set has no key that can verify signatures");
	}

	@Test
	void setFindsNothingForAlgorithmWithoutKeyType() throws Exception {
		FetchedKeySet set = new FetchedKeySet(parse(GOOD), Instant.EPOCH);
		assertThat(set.find(new JWSHeader(JWSAlgorithm.parse("XX256")))).isEmpty();
		assertThat(set.find(new JWSHeader(JWSAlgorithm.HS256))).isEmpty();
		assertThat(set.find(new JWSHeader(JWSAlgorithm.ES256))).hasSize(1);
	}

	private static List<String> idsOf(Object... entries) throws IOException {
		return parse(entries).getKeys().stream().map(JWK::getKeyID).toList();
	}

	private static JWKSet parse(Object... entries) throws IOException {
		return KeySetParser.parse(Map.of("keys", List.of(entries)));
	}

	private static Map<String, Object> with(String member, Object value) {
		Map<String, Object> key = new HashMap<>(ec(Curve.P_256, "key"));
		key.put(member, value);
		return key;
	}

	private static Map<String, Object> ec(Curve curve, String keyId) {
		try {
			return new ECKeyGenerator(curve).keyID(keyId).generate().toPublicJWK().toJSONObject();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> okp(String curve, int length) {
		byte[] point = new byte[length];
		Arrays.fill(point, (byte) 9);
		return Map.of("kty", "OKP", "crv", curve, "x", Base64URL.encode(point).toString(), "kid", "key");
	}

	private static Map<String, Object> rsa(int bits) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(bits);
			RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
			return new RSAKey.Builder(key).keyID("rsa-" + bits).build().toJSONObject();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
