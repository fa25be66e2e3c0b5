package dev.authstarter.refusal;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * What is configured about the answers to refused requests.
 *
 * @param realm the realm in challenges (RFC 9110 section 11.5)
 * @param typePrefix what stands before the code of the reason in the {@code type} of a
 * problem, or {@code about:blank} alone
 * @param metadata where this API says how to get a token for it (RFC 9728), or
 * {@code null} if nowhere
 */
public record RefusalFormat(String realm, String typePrefix, @Nullable URI metadata) {

	/**
	 * The type of problems that are no more than their status (RFC 9457 section 4.2.1).
	 */
	static final String BLANK = "about:blank";

	/** Return the type of a problem. */
	URI type(String code) {
		return URI.create(this.typePrefix.equals(BLANK) ? BLANK : this.typePrefix + code);
	}

}
