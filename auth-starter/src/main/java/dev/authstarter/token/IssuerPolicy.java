package dev.authstarter.token;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.introspection.Introspection;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.token.check.Finding;
import dev.authstarter.token.check.TokenCheck;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the tokens of one issuer: its keys, the mapping of its claims, optional
 * introspection, and the checks.
 */
public final class IssuerPolicy {

	private final TrustedIssuer issuer;

	private final IssuerKeys keys;

	private final ClaimReader reader;

	private final @Nullable Introspection introspection;

	private final TokenChecks checks;

	private final List<TokenCheck> onFirstSight;

	/**
	 * Create a policy.
	 * @param issuer the issuer
	 * @param keys the keys that may sign for it
	 * @param reader reads its claims
	 * @param introspection introspects the JWTs it signed, or {@code null}
	 * @param checks the checks
	 */
	IssuerPolicy(TrustedIssuer issuer, IssuerKeys keys, ClaimReader reader, @Nullable Introspection introspection,
			TokenChecks checks) {
		this.issuer = issuer;
		this.keys = keys;
		this.reader = reader;
		this.introspection = introspection;
		this.checks = checks;
		this.onFirstSight = checks.onFirstSight(issuer, reader);
	}

	/**
	 * Return the issuer.
	 * @return the issuer of the tokens to which this policy applies
	 */
	public TrustedIssuer issuer() {
		return this.issuer;
	}

	IssuerKeys keys() {
		return this.keys;
	}

	ClaimReader reader() {
		return this.reader;
	}

	@Nullable Introspection introspection() {
		return this.introspection;
	}

	/**
	 * Return a policy that uses cached data only.
	 * @return the same checks without those of the application, with keys for which
	 * nothing is fetched, and without introspection
	 */
	IssuerPolicy offline() {
		return new IssuerPolicy(this.issuer, this.keys::atHand, this.reader, null, this.checks.withoutValidators());
	}

	/**
	 * Check the content of a token that names the issuer. The signature is not verified
	 * yet.
	 * @param token the content of the token
	 * @return the reason for the refusal, or {@code null}
	 */
	@Nullable Reason refuse(TokenContent token) {
		for (TokenCheck check : this.onFirstSight) {
			Reason reason = check.refuse(token);
			if (reason != null) {
				return reason;
			}
		}
		return null;
	}

	/**
	 * Check the signed content of a token whose claims introspection may complete.
	 * Missing claims are not refused yet.
	 * @param token the content of the token
	 * @return the reason if no introspection response can make the token valid, or
	 * {@code null}
	 */
	@Nullable Reason refuseIncomplete(TokenContent token) {
		Reason reason = refuse(token);
		boolean incomplete = Reason.MISSING_CLAIM.equals(reason) || Reason.NOT_AN_ACCESS_TOKEN.equals(reason)
				|| (Reason.WRONG_AUDIENCE.equals(reason) && this.reader.audience().of(token.claims()).isEmpty());
		return incomplete ? this.checks.time().refuse(token) : reason;
	}

	/**
	 * Return whether a token is refused by the check of its times, for example because it
	 * has expired or is not valid yet.
	 * @param token the content of the token
	 */
	boolean isOutOfTime(TokenContent token) {
		return this.checks.time().refuse(token) != null;
	}

	/**
	 * Check a verified token, as on every request.
	 * @param token the token
	 * @return the reason for the refusal, or {@code null}
	 */
	@Nullable Reason refuseNow(VerifiedToken token) {
		for (RequestCheck check : this.checks.onEveryRequest()) {
			Reason reason = check.refuse(token);
			if (reason != null) {
				return reason;
			}
		}
		return null;
	}

	/**
	 * Explain all checks to a developer whose token was refused. The result has no effect
	 * on access.
	 * @param token the content of the token, which may be forged
	 * @return the expected and the actual value of each check, in the order of the checks
	 */
	public List<Finding> explain(TokenContent token) {
		List<Finding> findings = new ArrayList<>();
		this.onFirstSight.forEach((check) -> findings.addAll(check.explain(token)));
		AccessToken read = this.reader.read(token);
		if (read == null) {
			findings.add(this.reader.explainCaller());
			return findings;
		}
		findings.add(this.reader.grants().explain(read));
		findings.addAll(this.reader.explainLacking(read));
		if (Reason.NO_GRANTS.equals(this.reader.grants().refuse(read)) && this.reader.type().mayBeAccessToken(token)) {
			findings.add(this.reader.grants().explainNoGrants());
		}
		if (refuse(token) == null && this.reader.grants().refuse(read) == null) {
			this.checks.onEveryRequest().forEach((check) -> findings.addAll(check.explain()));
		}
		return findings;
	}

}
