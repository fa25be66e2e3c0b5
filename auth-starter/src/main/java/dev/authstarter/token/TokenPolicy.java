package dev.authstarter.token;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.jose.RefusedTokenException;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a token says of itself: kind, audience, time. Whether it is genuine is
 * another question; whoever fails here never reaches the signature.
 */
final class TokenPolicy {

	private final ClaimReaders providers;

	private final TimeCheck times;

	private final List<String> requiredClaims;

	private final boolean strict;

	TokenPolicy(ClaimReaders providers, TimeCheck times, List<String> requiredClaims, boolean strict) {
		this.providers = providers;
		this.times = times;
		this.requiredClaims = requiredClaims;
		this.strict = strict;
	}

	/**
	 * Judge a token that names a trusted issuer.
	 * @param issuer the issuer it names
	 * @param header the JOSE header, empty for an opaque token
	 * @param claims the claims
	 * @return why it is refused, or {@code null}
	 */
	@Nullable Reason refuse(TrustedIssuer issuer, Map<String, Object> header, Map<String, Object> claims) {
		ClaimReader provider = this.providers.of(issuer);
		Reason reason = refuseType(provider, header, claims);
		if (reason != null) {
			return reason;
		}
		if (Collections.disjoint(provider.audiences(claims), issuer.audiences())) {
			return Reason.WRONG_AUDIENCE;
		}
		reason = this.times.refuse(claims);
		return (reason != null) ? reason : refuseClaims(claims);
	}

	/**
	 * Judge what is signed of a token whose claims its issuer may complete: only what is
	 * missing is left for later.
	 * @param issuer the issuer it names
	 * @param header the JOSE header
	 * @param claims the signed claims
	 * @return why no answer can make it acceptable, or {@code null}
	 */
	@Nullable Reason refuseSigned(TrustedIssuer issuer, Map<String, Object> header, Map<String, Object> claims) {
		Reason reason = refuse(issuer, header, claims);
		boolean incomplete = reason == Reason.MISSING_CLAIM || reason == Reason.NOT_AN_ACCESS_TOKEN
				|| (reason == Reason.WRONG_AUDIENCE && this.providers.of(issuer).audiences(claims).isEmpty());
		return incomplete ? this.times.refuse(claims) : reason;
	}

	/**
	 * Judge the time alone: all that changes while a token stays what it is.
	 * @param claims the claims
	 * @return why it is refused now, or {@code null}
	 */
	@Nullable Reason refuseNow(Map<String, Object> claims) {
		return this.times.refuse(claims);
	}

	/**
	 * Read what a genuine token grants.
	 * @param issuer the issuer it names
	 * @param header its header
	 * @param claims its claims
	 * @return what it says
	 * @throws RefusedTokenException if it grants nothing, to nobody or for an
	 * organization that may not call
	 */
	AccessToken read(TrustedIssuer issuer, Map<String, Object> header, Map<String, Object> claims) {
		ClaimReader provider = this.providers.of(issuer);
		AccessToken token = provider.read(header, claims);
		Reason reason = (token != null) ? provider.refuseGrants(token) : Reason.MISSING_CLAIM;
		if (token == null || reason != null) {
			throw new RefusedTokenException((reason != null) ? reason : Reason.MISSING_CLAIM, issuer);
		}
		return token;
	}

	private @Nullable Reason refuseType(ClaimReader provider, Map<String, Object> header, Map<String, Object> claims) {
		Reason reason = provider.refuseType(header, claims);
		boolean lax = this.strict && !header.isEmpty() && !isAccessTokenType(header.get("typ"));
		return (reason == null && lax) ? Reason.WRONG_TYPE : reason;
	}

	private static boolean isAccessTokenType(@Nullable Object type) {
		return type instanceof String text
				&& (text.equalsIgnoreCase("at+jwt") || text.equalsIgnoreCase("application/at+jwt"));
	}

	private @Nullable Reason refuseClaims(Map<String, Object> claims) {
		// Bound to a key or a certificate, it must not pass as a plain bearer token (RFC
		// 7800 section 3.1, RFC 9449 section 7.2).
		if (claims.containsKey("cnf")) {
			return Reason.UNPROVEN_POSSESSION;
		}
		// Spring Security would turn any value into text, and that into a name (RFC 7519
		// section 4.1.2).
		Object subject = claims.get("sub");
		if (subject != null && !(subject instanceof String)) {
			return Reason.MALFORMED_TOKEN;
		}
		for (String name : this.requiredClaims) {
			if (claims.get(name) == null) {
				return Reason.MISSING_CLAIM;
			}
		}
		return null;
	}

}
