package dev.authstarter.refusal;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * The configuration of the responses to refused requests.
 *
 * @param realm the realm in challenges (RFC 9110 section 11.5)
 * @param typePrefix the prefix of the reason's code in the {@code type} of a problem, or
 * {@code about:blank} as the type of all problems
 * @param metadata the address of the protected resource metadata (RFC 9728), or
 * {@code null} if there is none
 */
public record RefusalFormat(String realm, String typePrefix, @Nullable URI metadata) {

	/**
	 * The type of problems that have no meaning beyond their status (RFC 9457 section
	 * 4.2.1).
	 */
	static final String BLANK = "about:blank";

	/** Return the type of a problem. */
	URI type(String code) {
		return URI.create(this.typePrefix.equals(BLANK) ? BLANK : this.typePrefix + code);
	}

}
