package dev.authstarter.benchmarks.library;

import dev.authstarter.test.ForgedToken;

/**
 * What can be wrong with a token that every library has to refuse.
 */
public enum Defect {

	/** Its time is over since an hour. */
	EXPIRED,

	/** Another issuer, under the same key. */
	WRONG_ISSUER,

	/** For another API. */
	WRONG_AUDIENCE,

	/** A stranger's signature under the issuer's key id. */
	BAD_SIGNATURE,

	/** No token at all. */
	GARBAGE;

	/** Make a bad token of a good one. */
	public String of(ForgedToken valid) {
		return switch (this) {
			case EXPIRED -> valid.expired().value();
			case WRONG_ISSUER -> valid.fromIssuer("https://stranger.example/").value();
			case WRONG_AUDIENCE -> valid.forAudience("https://other.example").value();
			case BAD_SIGNATURE -> valid.signedByStranger().value();
			case GARBAGE -> "x".repeat(valid.value().length());
		};
	}

}
