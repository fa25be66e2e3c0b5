package dev.authstarter.test.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;

import org.springframework.util.function.SingletonSupplier;

/**
 * The keys of one issuer, each generated on first use. There is one set per JVM for the
 * first issuer of every application, one for the second, and so on: tokens must stay
 * valid in all application contexts of the JVM, and no issuer may sign for another. Keys
 * for local development may come from a {@link KeyFile} instead.
 */
public final class ForgeKeys {

	private static final int RSA_BITS = 2048;

	private static final int ED25519_BYTES = 32;

	private static final List<JWSAlgorithm> EC = List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

	private static final Map<Integer, ForgeKeys> OF_ISSUERS = new ConcurrentHashMap<>();

	private final Map<JWSAlgorithm, Signing> signings = new ConcurrentHashMap<>();

	private final Supplier<RSAKey> rsa;

	private final Map<JWSAlgorithm, Supplier<ECKey>> ec;

	private final Supplier<OctetKeyPair> ed25519;

	private final Supplier<PrivateKey> ed25519Signer;

	private ForgeKeys(Supplier<RSAKey> rsa, Function<Curve, ECKey> ec, Supplier<OctetKeyPair> ed25519) {
		this.rsa = SingletonSupplier.of(rsa);
		this.ec = Map.of(JWSAlgorithm.ES256, SingletonSupplier.of(() -> ec.apply(Curve.P_256)), JWSAlgorithm.ES384,
				SingletonSupplier.of(() -> ec.apply(Curve.P_384)), JWSAlgorithm.ES512,
				SingletonSupplier.of(() -> ec.apply(Curve.P_521)));
		this.ed25519 = SingletonSupplier.of(ed25519);
		this.ed25519Signer = SingletonSupplier.of(() -> privateKey(this.ed25519.get()));
	}

	/** Create keys that are generated on first use. */
	static ForgeKeys generate(String prefix) {
		return new ForgeKeys(() -> generateRsa(prefix + "-rsa"), (curve) -> generateEc(prefix, curve),
				() -> generateEd25519(prefix + "-Ed25519"));
	}

	/** Use existing keys. */
	static ForgeKeys of(RSAKey rsa, Map<Curve, ECKey> ec, OctetKeyPair ed25519) {
		return new ForgeKeys(() -> rsa, (curve) -> Objects.requireNonNull(ec.get(curve)), () -> ed25519);
	}

	/**
	 * Return the keys of an issuer.
	 * @param position its position among the issuers of its application, from zero
	 */
	public static ForgeKeys of(int position) {
		return OF_ISSUERS.computeIfAbsent(position,
				(first) -> generate((first == 0) ? "forged" : "forged-" + (first + 1)));
	}

	/**
	 * Generate the first issuer's main key in the background, once per JVM.
	 */
	public static void makeMeanwhile() {
		if (OF_ISSUERS.isEmpty()) {
			Thread keys = new Thread(of(0)::rsa, "forge-keys");
			keys.setDaemon(true);
			keys.start();
		}
	}

	public RSAKey rsa() {
		return this.rsa.get();
	}

	/**
	 * Return the way to sign with an algorithm.
	 * @throws IllegalArgumentException if the algorithm is not supported
	 */
	public Signing signing(JWSAlgorithm algorithm) {
		Signing known = this.signings.get(algorithm);
		if (known != null) {
			return known;
		}
		Signing made = create(algorithm);
		this.signings.put(algorithm, made);
		return made;
	}

	private Signing create(JWSAlgorithm algorithm) {
		Supplier<ECKey> curve = this.ec.get(algorithm);
		try {
			if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
				return Signing.of(algorithm, rsa(), new RSASSASigner(rsa()));
			}
			if (curve != null) {
				return Signing.of(algorithm, curve.get(), new ECDSASigner(curve.get()));
			}
		}
		catch (JOSEException ex) {
			throw Signing.cannotSign(algorithm.getName(), ex);
		}
		if (isEd25519(algorithm)) {
			return new Signing(algorithm.getName(), this.ed25519.get().getKeyID(), this::signEd25519);
		}
		throw new IllegalArgumentException(
				"algorithm cannot be %s: use RS*, PS*, ES256, ES384, ES512, EdDSA or ".formatted(algorithm)
						+ "Ed25519. For attacks, see signedWithPublicKeyAsSecret() and unsigned()");
	}

	/** Find the public keys that may have signed a token. */
	public List<JWK> find(JWSHeader header) {
		JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
		return (matcher != null) ? new JWKSelector(matcher).select(new JWKSet(publicKeys(header.getAlgorithm())))
				: List.of();
	}

	private List<JWK> publicKeys(JWSAlgorithm algorithm) {
		Supplier<ECKey> curve = this.ec.get(algorithm);
		if (curve != null) {
			return List.of(curve.get().toPublicJWK());
		}
		return List.of(isEd25519(algorithm) ? this.ed25519.get().toPublicJWK() : rsa().toPublicJWK());
	}

	private static boolean isEd25519(JWSAlgorithm algorithm) {
		return algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519);
	}

	public JWKSet published() {
		return all().toPublicJWKSet();
	}

	/** Return all keys with their private parts. */
	JWKSet all() {
		List<JWK> keys = new ArrayList<>(List.of(rsa(), this.ed25519.get()));
		EC.forEach((algorithm) -> keys.add(Objects.requireNonNull(this.ec.get(algorithm)).get()));
		return new JWKSet(keys);
	}

	private Base64URL signEd25519(byte[] input) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("Ed25519");
		signature.initSign(this.ed25519Signer.get());
		signature.update(input);
		return Base64URL.encode(signature.sign());
	}

	private static RSAKey generateRsa(String keyId) {
		try {
			return new RSAKeyGenerator(RSA_BITS).keyUse(KeyUse.SIGNATURE).keyID(keyId).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot create an RSA key", ex);
		}
	}

	private static ECKey generateEc(String prefix, Curve curve) {
		try {
			return new ECKeyGenerator(curve).keyUse(KeyUse.SIGNATURE).keyID(prefix + "-" + curve.getName()).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot create a key on the curve " + curve, ex);
		}
	}

	/** Uses the JDK, because Nimbus' own generator needs another library for Ed25519. */
	private static OctetKeyPair generateEd25519(String keyId) {
		try {
			KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
			byte[] secret = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
			// The point is at the end of the key's encoding (RFC 8410 section 4).
			byte[] encoded = pair.getPublic().getEncoded();
			byte[] point = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
			return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).d(Base64URL.encode(secret))
				.keyUse(KeyUse.SIGNATURE)
				.keyID(keyId)
				.build();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot create an Ed25519 key", ex);
		}
	}

	private static PrivateKey privateKey(OctetKeyPair key) {
		try {
			return KeyFactory.getInstance("Ed25519")
				.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key.getDecodedD()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot read an Ed25519 key", ex);
		}
	}

	/**
	 * A key that no issuer has, generated only if a test needs it.
	 */
	static final class UntrustedKey {

		static final RSAKey RSA = generateRsa("untrusted-rsa");

		private UntrustedKey() {
		}

	}

}
