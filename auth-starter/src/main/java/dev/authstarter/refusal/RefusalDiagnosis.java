package dev.authstarter.refusal;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.jose.NumericDate;
import dev.authstarter.jose.StrictJson;
import dev.authstarter.keys.JwkSetMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Walks a refused token through the checks once more, in their order, and says at each
 * what was expected and what was found. It decides nothing and verifies nothing: the
 * signature has been judged, or was never reached.
 */
public final class RefusalDiagnosis implements RefusalExplainer {

	private static final String SCHEME = "Bearer ";

	private final TrustedIssuers issuers;

	private final ClaimReaders providers;

	private final @Nullable JwkSetMonitor keySets;

	private final Clock clock;

	private final Duration skew;

	/**
	 * Explain by what the checks know.
	 * @param issuers the issuers that are trusted
	 * @param providers how their tokens are read
	 * @param keySets what keys they publish, or {@code null} if it is not known
	 * @param clock the clock of the checks
	 * @param skew the tolerance for times
	 */
	public RefusalDiagnosis(TrustedIssuers issuers, ClaimReaders providers, @Nullable JwkSetMonitor keySets,
			Clock clock, Duration skew) {
		this.issuers = issuers;
		this.providers = providers;
		this.keySets = keySets;
		this.clock = clock;
		this.skew = skew;
	}

	@Override
	public List<String> explain(Refusal refusal, List<String> credentials) {
		List<String> steps = new ArrayList<>();
		String token = token(credentials, steps);
		if (token != null) {
			token(token, steps);
		}
		if (!refusal.required().isEmpty()) {
			steps.add("Needed: %s.".formatted(refusal.required()));
		}
		steps.add("Hence '%s': %s.".formatted(refusal.reason().code(), refusal.reason().description()));
		return steps;
	}

	private static @Nullable String token(List<String> headers, List<String> steps) {
		if (headers.size() != 1) {
			steps.add("Expected: one Authorization header. Found: %d.".formatted(headers.size()));
			return null;
		}
		String header = headers.get(0);
		if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			steps.add("Expected: 'Authorization: Bearer' and a token. Found: another scheme, or no token.");
			return null;
		}
		return header.substring(SCHEME.length());
	}

	private void token(String token, List<String> steps) {
		String[] parts = token.split("\\.", -1);
		Map<String, Object> header = (parts.length == 3) ? json(parts[0]) : null;
		Map<String, Object> claims = (parts.length == 3) ? json(parts[1]) : null;
		if (header == null || claims == null) {
			steps.add("Expected: a JWT, which is JSON in base64url, twice, and a signature, with dots between them. "
					+ "Found: something else of %d characters in %d parts.".formatted(token.length(), parts.length));
			return;
		}
		steps.add("The header says %s.".formatted(header));
		TrustedIssuer issuer = this.issuers.find(claims);
		if (issuer == null) {
			steps.add("Expected: an issuer ('iss') of %s. Found: %s.".formatted(names(), quoted(claims.get("iss"))));
			return;
		}
		steps.add("The issuer is %s, which is trusted as '%s'.".formatted(quoted(claims.get("iss")), issuer.name()));
		steps.add("Algorithm: expected one of %s, found %s.".formatted(issuer.algorithms(), quoted(header.get("alg"))));
		if (this.keySets != null) {
			steps.add("Key: expected one of the published ids %s, found %s.".formatted(this.keySets.keyIds(issuer),
					quoted(header.get("kid"))));
		}
		ClaimReader provider = this.providers.of(issuer);
		Reason kind = provider.refuseType(header, claims);
		steps.add("Kind of token: " + ((kind != null) ? kind.description() : "an access token") + ". Its claims are "
				+ new TreeSet<>(claims.keySet()) + ".");
		AccessToken read = provider.read(header, claims);
		if (kind == Reason.NOT_AN_ACCESS_TOKEN) {
			proofs(issuer, provider, read, header, claims, steps);
		}
		steps.add("Audience: expected one of %s, found %s.".formatted(sorted(issuer.audiences()),
				sorted(provider.audiences(claims))));
		times(claims, steps);
		grants(read, provider, steps);
	}

	private void times(Map<String, Object> claims, List<String> steps) {
		steps.add(
				"Time: it is %s, and a difference of %s is tolerated. Found: issued at %s, valid from %s, expires at %s."
					.formatted(this.clock.instant(), this.skew, time(claims.get("iat")), time(claims.get("nbf")),
							time(claims.get("exp"))));
	}

	private static void proofs(TrustedIssuer issuer, ClaimReader provider, @Nullable AccessToken read,
			Map<String, Object> header, Map<String, Object> claims, List<String> steps) {
		String prefix = issuer.propertyPrefix();
		steps.add(
				"Expected: the header type 'at+jwt', or one of %s ('%stoken.accept-if'), and none of %s ('%stoken.reject-if')."
					.formatted(provider.spelling().list("token.accept-if"), prefix,
							provider.spelling().list("token.reject-if"), prefix));
		String proof = provider.proof(header, claims);
		if (proof == null) {
			return;
		}
		steps.add(
				"If access tokens of this issuer hold no more than this, this line lets them in: %stoken.accept-if: \"%s\""
					.formatted(prefix, proof));
		if (read != null && provider.refuseGrants(read) == Reason.NO_GRANTS) {
			steps.add(
					"As they grant nothing, they need this line, too: %stoken.allow-no-grants: true".formatted(prefix));
		}
	}

	private static void grants(@Nullable AccessToken token, ClaimReader provider, List<String> steps) {
		if (token == null) {
			steps.add(
					("Caller: expected a subject in %s, or the mark of a machine (%s) together with a client in %s and "
							+ "without any sign of a person. Found neither.")
						.formatted(provider.spelling().list("claims.subject"),
								provider.spelling().list("token.machine-if"),
								provider.spelling().list("claims.client-id")));
			return;
		}
		List<String> organizations = token.organizations()
			.stream()
			.map((organization) -> "%s with roles %s and permissions %s".formatted(quoted(organization.id()),
					sorted(organization.roles()), sorted(organization.permissions())))
			.toList();
		steps.add("Grants: a %s with scopes %s, roles %s, permissions %s, organizations %s.".formatted(
				token.callerType().name().toLowerCase(Locale.ROOT), sorted(token.scopes()), sorted(token.roles()),
				sorted(token.permissions()), organizations));
	}

	private List<String> names() {
		List<String> names = new ArrayList<>();
		this.issuers.forEach((issuer) -> names.add(quoted(issuer.issuer())));
		return names;
	}

	private static List<String> sorted(Collection<String> values) {
		return values.stream().sorted().toList();
	}

	private static String quoted(@Nullable Object value) {
		return (value != null) ? "'" + value + "'" : "none";
	}

	private static String time(@Nullable Object value) {
		return (value instanceof Number seconds && NumericDate.matches(value))
				? NumericDate.toInstant(seconds).toString() : quoted(value);
	}

	private static @Nullable Map<String, Object> json(String part) {
		try {
			return StrictJson.parseObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException | ParseException ex) {
			return null;
		}
	}

}
