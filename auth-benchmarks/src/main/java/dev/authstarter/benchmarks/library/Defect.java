package dev.authstarter.benchmarks.library;

import dev.authstarter.test.ForgedToken;

/**
 * A defect of a token that every library must refuse.
 */
public enum Defect {

	/** Expired for an hour. */
	EXPIRED,

	/** Another issuer, under the same key. */
	WRONG_ISSUER,

	/** For another API. */
	WRONG_AUDIENCE,

	/** Signed with an unknown key under the issuer's key id. */
	BAD_SIGNATURE,

	/** No token at all. */
	GARBAGE;

	/** Return an invalid token made from a valid one. */
	public String of(ForgedToken valid) {
		return switch (this) {
			case EXPIRED -> valid.expired().value();
			case WRONG_ISSUER -> valid.fromIssuer("https://untrusted.example/").value();
			case WRONG_AUDIENCE -> valid.forAudience("https://other.example").value();
			case BAD_SIGNATURE -> valid.signedByUntrustedKey().value();
			case GARBAGE -> "x".repeat(valid.value().length());
		};
	}

}
