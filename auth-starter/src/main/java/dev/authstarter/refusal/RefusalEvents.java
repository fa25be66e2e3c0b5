package dev.authstarter.refusal;

import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.jose.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Creates the events about refused requests for logs, metrics and listeners. Each value
 * is from a list that the configuration or the code bounds, or a digest: no text of a
 * caller is included.
 */
public final class RefusalEvents {

	/** The number of hexadecimal digits, enough to distinguish clients. */
	private static final int DIGEST_LENGTH = 12;

	private final TrustedIssuers issuers;

	/**
	 * Create a factory of events.
	 * @param issuers the issuers whose names may be in events
	 */
	public RefusalEvents(TrustedIssuers issuers) {
		this.issuers = issuers;
	}

	/**
	 * Create the event about a refusal.
	 * @param reason why the request was refused
	 * @param named the issuer of its token, or {@code null} to take it from the caller's
	 * token
	 * @param method the class and name of the method that refused, or {@code null}
	 * @param pattern the pattern that matched the request, or {@code null} if none did
	 * @param caller the caller's token, or {@code null} if there is none
	 * @return the event
	 */
	public RequestRefused collect(Reason reason, @Nullable TrustedIssuer named, @Nullable String method,
			@Nullable String pattern, @Nullable AccessToken caller) {
		TrustedIssuer issuer = (named == null && caller != null) ? this.issuers.find(claims(caller)) : named;
		return new RequestRefused(reason, (issuer != null) ? issuer.name() : null, pattern,
				(caller != null && caller.clientId() != null)
						? Sha256.hex(caller.clientId()).substring(0, DIGEST_LENGTH) : null,
				MDC.get("traceId"), method);
	}

	/** Return the claims by which the issuer is found in the list of issuers. */
	private static Map<String, Object> claims(AccessToken caller) {
		Object tid = caller.claims().get("tid");
		return (tid != null) ? Map.of("iss", caller.issuer(), "tid", tid) : Map.of("iss", caller.issuer());
	}

}
