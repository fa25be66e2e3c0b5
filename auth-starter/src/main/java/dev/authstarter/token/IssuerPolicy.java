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
 * All that decides about the tokens of one issuer: its keys, how its claims are read,
 * whether it is asked about its tokens, and the checks.
 */
public final class IssuerPolicy {

	private final TrustedIssuer issuer;

	private final IssuerKeys keys;

	private final ClaimReader reader;

	private final @Nullable Introspection introspection;

	private final TokenChecks checks;

	private final List<TokenCheck> onFirstSight;

	/**
	 * Collect what decides.
	 * @param issuer the issuer
	 * @param keys the keys that may sign for it
	 * @param reader reads its claims
	 * @param introspection asks it about the JWTs it signed, or {@code null}
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
	 * @return whose tokens these checks are for
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
	 * Return the policy that decides by what is at hand.
	 * @return the same checks without those of the application, with keys for which
	 * nothing is fetched, and no introspection
	 */
	IssuerPolicy offline() {
		return new IssuerPolicy(this.issuer, this.keys::atHand, this.reader, null, this.checks.withoutValidators());
	}

	/**
	 * Check a token that names the issuer, before anything is known of its signature.
	 * @param token what it says
	 * @return why it is refused, or {@code null}
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
	 * Check what is signed of a token whose claims the issuer may complete: only what is
	 * missing is left for later.
	 * @param token what it says
	 * @return why no answer can make it acceptable, or {@code null}
	 */
	@Nullable Reason refuseIncomplete(TokenContent token) {
		Reason reason = refuse(token);
		boolean incomplete = Reason.MISSING_CLAIM.equals(reason) || Reason.NOT_AN_ACCESS_TOKEN.equals(reason)
				|| (Reason.WRONG_AUDIENCE.equals(reason) && this.reader.audience().of(token.claims()).isEmpty());
		return incomplete ? this.checks.time().refuse(token) : reason;
	}

	/**
	 * Tell whether the time of a token is over or has not come.
	 * @param token what it says
	 */
	boolean isOutOfTime(TokenContent token) {
		return this.checks.time().refuse(token) != null;
	}

	/**
	 * Check a genuine token, as on every request.
	 * @param token the token
	 * @return why it is refused now, or {@code null}
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
	 * Explain all checks to a developer whose token was refused. Decides nothing.
	 * @param token what the token says, which may be forged
	 * @return what is expected and what was found at each check, in the order of the
	 * checks
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
