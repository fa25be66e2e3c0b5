package dev.authstarter.refusal;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.authstarter.Refusal;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.jose.StrictJson;
import dev.authstarter.keys.JwkSetMonitor;
import dev.authstarter.token.IssuerPolicies;
import dev.authstarter.token.IssuerPolicy;
import dev.authstarter.token.check.Finding;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;

/**
 * Explains a refused token: what each check expected and found, in the order of the
 * checks. The explanations are those of the checks themselves. No decision is made and no
 * signature is verified.
 */
public final class RefusalDiagnosis implements RefusalExplainer {

	private static final String SCHEME = "Bearer ";

	private final TrustedIssuers issuers;

	private final IssuerPolicies policies;

	private final @Nullable JwkSetMonitor keySets;

	/**
	 * Create a diagnosis.
	 * @param issuers the issuers that are trusted
	 * @param policies the checks of their tokens
	 * @param keySets the keys that they publish, or {@code null} if they are not known
	 */
	public RefusalDiagnosis(TrustedIssuers issuers, IssuerPolicies policies, @Nullable JwkSetMonitor keySets) {
		this.issuers = issuers;
		this.policies = policies;
		this.keySets = keySets;
	}

	@Override
	public List<String> explain(Refusal refusal, List<String> credentials) {
		List<String> steps = new ArrayList<>();
		findings(credentials).forEach((finding) -> steps.add(finding.sentence()));
		if (!refusal.required().isEmpty()) {
			steps.add("Needed: %s.".formatted(refusal.required()));
		}
		steps.add("Hence '%s': %s.".formatted(refusal.reason().code(), refusal.reason().description()));
		return steps;
	}

	private List<Finding> findings(List<String> headers) {
		if (headers.size() != 1) {
			return List.of(Finding.of("Request", "one Authorization header", String.valueOf(headers.size())));
		}
		String header = headers.get(0);
		if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return List.of(Finding.of("Request", "'Authorization: Bearer' and a token", "another scheme, or no token"));
		}
		return explain(header.substring(SCHEME.length()));
	}

	/**
	 * Explain a token, which may be forged.
	 * @param token the presented token
	 * @return what each check expected and found, in the order of the checks
	 */
	public List<Finding> explain(String token) {
		String[] parts = token.split("\\.", -1);
		Map<String, Object> header = (parts.length == 3) ? json(parts[0]) : null;
		Map<String, Object> claims = (parts.length == 3) ? json(parts[1]) : null;
		if (header == null || claims == null) {
			return List
				.of(Finding.of("Form", "a JWT: two JSON objects and a signature, each in base64url, separated by dots",
						"something else of %d characters in %d parts".formatted(token.length(), parts.length)));
		}
		List<Finding> findings = new ArrayList<>();
		findings.add(Finding.of("Header", header.toString()));
		IssuerPolicy policy = this.policies.find(claims);
		Finding named = Finding.of("Issuer", "one of " + names(), quoted(claims.get("iss")));
		if (policy == null) {
			findings.add(named
				.withHint(differsBySlash(claims.get("iss")) ? "They differ only in the slash at the end." : null));
			return findings;
		}
		TrustedIssuer issuer = policy.issuer();
		findings.add(named.withHint("It is trusted as '%s'.".formatted(issuer.name())));
		if (this.keySets != null) {
			findings.add(key(this.keySets.keyIds(issuer), quoted(header.get("kid"))));
		}
		findings.addAll(policy.explain(TokenContent.jwt(header, claims)));
		return findings;
	}

	private static Finding key(List<String> published, String named) {
		return published.isEmpty()
				? Finding.of("Key", named).withHint("The keys of the issuer are not available, so it is not compared.")
				: Finding.of("Key", "one of the published ids " + published, named);
	}

	private boolean differsBySlash(@Nullable Object found) {
		for (TrustedIssuer issuer : this.issuers) {
			if ((found + "/").equals(issuer.issuer()) || (issuer.issuer() + "/").equals(found)) {
				return true;
			}
		}
		return false;
	}

	private List<String> names() {
		List<String> names = new ArrayList<>();
		this.issuers.forEach((issuer) -> names.add(quoted(issuer.issuer())));
		return names;
	}

	private static String quoted(@Nullable Object value) {
		return (value != null) ? "'" + value + "'" : "none";
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
