package dev.authstarter.servlet.refusal;

import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.jose.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Collects what the operator may know of a refused request. Each fact is from a list that
 * the configuration or the code bounds, or a digest: nothing that a caller wrote.
 */
public final class RefusalEvents {

	/**
	 * {@code HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE}, also where there is no
	 * Spring MVC.
	 */
	public static final String MATCHED_PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	/** Hexadecimal digits: enough to tell clients apart. */
	private static final int DIGEST_LENGTH = 12;

	private final TrustedIssuers issuers;

	private final RequestCaller callers;

	public RefusalEvents(TrustedIssuers issuers, RequestCaller callers) {
		this.issuers = issuers;
		this.callers = callers;
	}

	RequestRefused collect(Reason reason, @Nullable TrustedIssuer named, @Nullable String method,
			HttpServletRequest request) {
		AccessToken caller = this.callers.token(request);
		TrustedIssuer issuer = (named == null && caller != null) ? this.issuers.find(claims(caller)) : named;
		Object pattern = request.getAttribute(MATCHED_PATTERN);
		return new RequestRefused(reason, (issuer != null) ? issuer.name() : null,
				(pattern != null) ? pattern.toString() : null, (caller != null && caller.clientId() != null)
						? Sha256.hex(caller.clientId()).substring(0, DIGEST_LENGTH) : null,
				MDC.get("traceId"), method);
	}

	/** What the list of issuers needs to know the issuer again. */
	private static Map<String, Object> claims(AccessToken caller) {
		Object tid = caller.claims().get("tid");
		return (tid != null) ? Map.of("iss", caller.issuer(), "tid", tid) : Map.of("iss", caller.issuer());
	}

}
