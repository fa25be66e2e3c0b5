package dev.authstarter.test.issuer.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Key pairs, generated once per JVM and lent out. Two issuers that exist at the same time
 * never hold the same pair; a returned pair is lent again, because generating RSA keys is
 * slow.
 */
public final class KeyPairs {

	private static final Map<Type, Deque<KeyPair>> SPARE = new EnumMap<>(Type.class);

	private KeyPairs() {
	}

	static KeyPair lend(Type type) {
		synchronized (SPARE) {
			KeyPair spare = SPARE.computeIfAbsent(type, (key) -> new ArrayDeque<>()).poll();
			if (spare != null) {
				return spare;
			}
		}
		return type.generate();
	}

	static void giveBack(Type type, KeyPair pair) {
		synchronized (SPARE) {
			SPARE.computeIfAbsent(type, (key) -> new ArrayDeque<>()).add(pair);
		}
	}

	/**
	 * The kind of a key pair.
	 */
	public enum Type {

		RSA_1024("RSA", 1024, null),

		RSA_2048("RSA", 2048, null),

		P_256("EC", 0, "secp256r1"),

		P_384("EC", 0, "secp384r1"),

		P_521("EC", 0, "secp521r1"),

		ED25519("Ed25519", 0, null);

		private final String generator;

		private final int bits;

		private final @Nullable String curve;

		Type(String generator, int bits, @Nullable String curve) {
			this.generator = generator;
			this.bits = bits;
			this.curve = curve;
		}

		public static Type forAlgorithm(String algorithm) {
			return switch (algorithm) {
				case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> RSA_2048;
				case "ES256" -> P_256;
				case "ES384" -> P_384;
				case "ES512" -> P_521;
				case "EdDSA", "Ed25519" -> ED25519;
				default -> throw new IllegalArgumentException(
						"No key pair for algorithm '%s'. Use one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519."
							.formatted(algorithm));
			};
		}

		private KeyPair generate() {
			try {
				KeyPairGenerator pairs = KeyPairGenerator.getInstance(this.generator);
				if (this.bits > 0) {
					pairs.initialize(this.bits);
				}
				if (this.curve != null) {
					pairs.initialize(new ECGenParameterSpec(this.curve));
				}
				return pairs.generateKeyPair();
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException("This Java runtime cannot generate keys of type " + this, ex);
			}
		}

	}

}
