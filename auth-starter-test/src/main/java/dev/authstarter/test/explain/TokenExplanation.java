package dev.authstarter.test.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.JwkSetMonitor;
import dev.authstarter.provider.ProviderSettings;
import dev.authstarter.refusal.RefusalDiagnosis;
import dev.authstarter.token.IssuerPolicies;
import dev.authstarter.token.PendingVerification;
import dev.authstarter.token.PresentedToken;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.TokenVerifier;
import dev.authstarter.token.Verification;
import dev.authstarter.token.VerifiedToken;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Says what a token is refused for, or what it grants.
 */
final class TokenExplanation {

	/** The answer of the introspection endpoint, or that there was none. */
	private static final Set<Reason> ASKED = Set.of(Reason.INACTIVE_TOKEN, Reason.INTROSPECTION_UNAVAILABLE);

	private final TokenVerifier verifier;

	private final TrustedIssuers issuers;

	private final IssuerPolicies policies;

	private final ObjectProvider<JwkSetMonitor> keySets;

	private final ClaimReaders readers;

	TokenExplanation(TokenVerifier verifier, TrustedIssuers issuers, IssuerPolicies policies, ClaimReaders readers,
			ObjectProvider<JwkSetMonitor> keySets) {
		this.verifier = verifier;
		this.issuers = issuers;
		this.policies = policies;
		this.keySets = keySets;
		this.readers = readers;
	}

	/**
	 * What there is to say.
	 *
	 * @param accepted whether the application would accept the token
	 * @param lines sentences for the developer
	 */
	record Explanation(boolean accepted, List<String> lines) {

	}

	Explanation of(String token) {
		Verification verification = verify(token);
		if (verification instanceof VerifiedToken accepted) {
			return new Explanation(true, accepted(accepted));
		}
		RefusedToken refused = (RefusedToken) verification;
		List<String> lines = new ArrayList<>(List.of("This token is refused."));
		if (ASKED.contains(refused.reason())) {
			lines.add("The issuer was asked about it. Hence '%s': %s.".formatted(refused.reason().code(),
					refused.reason().description()));
			return new Explanation(false, lines);
		}
		// Keys are not fetched for a token that is refused before its signature counts.
		this.keySets.ifAvailable((monitor) -> monitor.refresh().exceptionally((failure) -> null).join());
		RefusalDiagnosis diagnosis = new RefusalDiagnosis(this.issuers, this.policies, this.keySets.getIfAvailable());
		lines.addAll(diagnosis.explain(Refusal.of(refused.reason()), List.of("Bearer " + token)));
		return new Explanation(false, lines);
	}

	private Verification verify(String token) {
		Verification verification = this.verifier.verify(new PresentedToken(token));
		while (verification instanceof PendingVerification pending) {
			pending.arrival().exceptionally((failure) -> null).join();
			verification = pending.resume();
		}
		return verification;
	}

	private List<String> accepted(VerifiedToken verified) {
		AccessToken token = verified.accessToken();
		ProviderSettings read = this.readers.of(verified.policy().issuer()).spelling();
		List<String> lines = new ArrayList<>(List.of("This token is accepted."));
		lines.add("issuer: " + token.issuer());
		lines.add("caller: %s, a %s%s".formatted(token.subject(), token.callerType().name().toLowerCase(Locale.ROOT),
				(token.clientId() != null) ? ", by the client " + token.clientId() : ""));
		token.actors().stream().limit(1).forEach((actor) -> lines.add("acted for by: " + actor.subject()));
		lines.add(grants("scopes", token.scopes(), read.list("claims.scopes")));
		lines.add(grants("roles", token.roles(), read.list("claims.roles")));
		lines.add(grants("permissions", token.permissions(), read.list("claims.permissions")));
		if (token.organizations().isEmpty()) {
			lines.add(grants("organizations", List.of(), read.list("claims.organizations")));
		}
		for (Organization organization : token.organizations()) {
			lines.add("organization: %s, roles %s, permissions %s".formatted(organization.id(),
					new TreeSet<>(organization.roles()), new TreeSet<>(organization.permissions())));
		}
		lines.add("expires: " + token.expiresAt());
		return lines;
	}

	private static String grants(String kind, Collection<String> names, List<String> selectors) {
		if (!names.isEmpty()) {
			return kind + ": " + String.join(", ", new TreeSet<>(names));
		}
		return selectors.isEmpty() ? "%s: none, since 'auth-starter.claims.%1$s' names no claim".formatted(kind)
				: "%s: none in %s".formatted(kind, String.join(", ", selectors));
	}

}
