package dev.authstarter.jose;

import dev.authstarter.Reason;

/**
 * The result of parsing a text as a JWT in compact JWS form.
 */
public sealed interface ParsedJws permits CompactJws, ParsedJws.Unreadable {

	/**
	 * The text is not a JWT in compact JWS form, is not signed, or requires an extension.
	 *
	 * @param reason which of these
	 */
	record Unreadable(Reason reason) implements ParsedJws {

	}

}
