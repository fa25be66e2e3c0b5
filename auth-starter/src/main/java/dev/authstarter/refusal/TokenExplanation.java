package dev.authstarter.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.introspection.Introspections;
import dev.authstarter.jose.CompactJws;
import dev.authstarter.token.PendingVerification;
import dev.authstarter.token.PresentedToken;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.TokenVerifier;
import dev.authstarter.token.Verification;
import dev.authstarter.token.VerifiedToken;
import dev.authstarter.token.check.Finding;
import org.jspecify.annotations.Nullable;

/**
 * Explains a token that is not presented for access: what each check expects and finds,
 * the reason if it is refused, and what it grants. Nothing of the token is stored.
 */
public final class TokenExplanation {

	private static final String SCHEME = "bearer ";

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** The reasons that result from introspection. */
	private static final Set<Reason> ASKED = Set.of(Reason.INACTIVE_TOKEN, Reason.INTROSPECTION_UNAVAILABLE);

	private final TokenVerifier verifier;

	private final RefusalDiagnosis diagnosis;

	private final Introspections introspections;

	private final boolean offline;

	/**
	 * Explain the decisions of a verifier.
	 * @param verifier verifies the tokens
	 * @param diagnosis explains the checks
	 * @param introspections the issuers with an introspection endpoint
	 * @param offline whether to decide without calls to issuers, and without listeners,
	 * caches and code of the application that decides about tokens
	 */
	public TokenExplanation(TokenVerifier verifier, RefusalDiagnosis diagnosis, Introspections introspections,
			boolean offline) {
		this.verifier = verifier;
		this.diagnosis = diagnosis;
		this.introspections = introspections;
		this.offline = offline;
	}

	/**
	 * The explanation of a token.
	 *
	 * @param token the content of the token, or {@code null} if it is refused
	 * @param refused why the token is refused, or {@code null} if it is accepted
	 * @param findings what each check expected and found, in the order of the checks
	 */
	public record Explanation(@Nullable AccessToken token, @Nullable Reason refused, List<Finding> findings) {

		public Explanation {
			findings = List.copyOf(findings);
		}

		/** Return a text without claims of the token. */
		@Override
		public String toString() {
			return "Explanation[" + ((this.refused != null) ? this.refused.code() : "accepted") + "]";
		}

	}

	/**
	 * Return the token in a copied text.
	 * @param text a token, possibly with the scheme before it and white space around it
	 * @return the token alone
	 */
	public static String tokenIn(String text) {
		String token = text.replace(BYTE_ORDER_MARK, "").strip();
		return token.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? token.substring(SCHEME.length()).strip()
				: token;
	}

	/**
	 * Explain a token. Waits for keys and responses of issuers, unless this is offline.
	 * @param token the token, without a scheme before it
	 * @return the explanation
	 */
	public Explanation of(String token) {
		if (token.length() > this.verifier.maximumLength()) {
			return refused(Reason.TOKEN_TOO_LONG, List.of(Finding.of("Length",
					"at most %d characters".formatted(this.verifier.maximumLength()), String.valueOf(token.length()))));
		}
		if (this.offline && this.introspections.opaque() != null && !CompactJws.hasForm(token)) {
			return refused(Reason.INTROSPECTION_UNAVAILABLE, List.of(notAsked()));
		}
		Verification verification = verify(token);
		if (verification instanceof VerifiedToken accepted) {
			return accepted(token, accepted);
		}
		Reason reason = ((RefusedToken) verification).reason();
		return refused(reason, ASKED.contains(reason)
				? List.of(Finding.hint("Introspection", "The issuer introspected it.")) : findings(token, reason));
	}

	private static Explanation refused(Reason reason, List<Finding> findings) {
		return new Explanation(null, reason, findings);
	}

	private static Finding notAsked() {
		return Finding.hint("Introspection", "Its issuer decides whether it is active, and is not called here.");
	}

	private Verification verify(String token) {
		TokenVerifier deciding = this.offline ? this.verifier.offline() : this.verifier;
		Verification verification = deciding.verify(new PresentedToken(token));
		while (verification instanceof PendingVerification pending) {
			pending.arrival().exceptionally((failure) -> null).join();
			verification = pending.resume();
		}
		return verification;
	}

	private List<Finding> findings(String token, Reason reason) {
		List<Finding> findings = new ArrayList<>(this.diagnosis.explain(token));
		if (this.offline && Reason.KEYS_UNAVAILABLE.equals(reason)) {
			findings.add(Finding.hint("Key", "No keys are cached, and none are fetched here."));
		}
		if (Reason.BAD_SIGNATURE.equals(reason)) {
			findings.add(Finding.of("Signature", "one by the issuer's key", "another")
				.withHint("The token was changed after it was issued, or signed with another key."));
		}
		return findings;
	}

	private Explanation accepted(String token, VerifiedToken verified) {
		AccessToken read = verified.accessToken();
		// An opaque token has no claims of its own to look at.
		List<Finding> findings = new ArrayList<>(CompactJws.hasForm(token) ? this.diagnosis.explain(token) : List.of());
		findings.add(Finding.of("Caller", caller(read)));
		if (this.offline && this.introspections.jwts().containsKey(verified.policy().issuer())) {
			findings.add(notAsked());
		}
		return new Explanation(read, null, findings);
	}

	private static String caller(AccessToken token) {
		StringBuilder caller = new StringBuilder(
				"'%s', a %s".formatted(token.subject(), token.callerType().name().toLowerCase(Locale.ROOT)));
		if (token.clientId() != null) {
			caller.append(", by the client '").append(token.clientId()).append('\'');
		}
		token.actors().stream().limit(1).forEach((actor) -> caller.append(", acted for by ").append(actor.subject()));
		return caller.toString();
	}

}
