package dev.authstarter.token;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.token.check.AlgorithmCheck;
import dev.authstarter.token.check.ConfirmationCheck;
import dev.authstarter.token.check.RequiredClaimsCheck;
import dev.authstarter.token.check.Rfc9068TypeCheck;
import dev.authstarter.token.check.SubjectCheck;
import dev.authstarter.token.check.TimeCheck;
import dev.authstarter.token.check.TokenCheck;

/**
 * The checks of all issuers, in two lists. What is checked on first sight holds for as
 * long as the token is remembered; what can change meanwhile is checked on every request.
 */
final class TokenChecks {

	private final TimeCheck time;

	private final List<String> requiredClaims;

	private final boolean strict;

	private final List<RequestCheck> onEveryRequest;

	/**
	 * Collect the checks.
	 * @param time the check of the time, which belongs into both lists: an expired token
	 * costs no verification of its signature
	 * @param requiredClaims claims that every token must have
	 * @param strict whether only tokens by RFC 9068 are accepted
	 * @param validators the check of the application's own rules
	 */
	TokenChecks(TimeCheck time, List<String> requiredClaims, boolean strict, ValidatorCheck validators) {
		this.time = time;
		this.requiredClaims = List.copyOf(requiredClaims);
		this.strict = strict;
		this.onEveryRequest = List.of(RequestCheck.repeated(time), validators);
	}

	/**
	 * Return the checks of first sight. Of several that fail, the first names the reason.
	 * @param issuer the issuer of the tokens
	 * @param reader how they are read
	 * @return the checks in their order
	 */
	List<TokenCheck> onFirstSight(TrustedIssuer issuer, ClaimReader reader) {
		List<TokenCheck> checks = new ArrayList<>();
		checks.add(new AlgorithmCheck(issuer.algorithms()));
		checks.add(reader.type());
		if (this.strict) {
			checks.add(new Rfc9068TypeCheck());
		}
		checks.add(reader.audience());
		checks.add(this.time);
		checks.add(new ConfirmationCheck());
		checks.add(new SubjectCheck());
		checks.add(new RequiredClaimsCheck(this.requiredClaims));
		if (this.strict) {
			checks.add(new RequiredClaimsCheck(RequiredClaimsCheck.RFC9068));
		}
		return List.copyOf(checks);
	}

	/** Return the checks of every request, in their order. */
	List<RequestCheck> onEveryRequest() {
		return this.onEveryRequest;
	}

	/** The application's rules may call others, and remember what they have seen. */
	TokenChecks withoutValidators() {
		return new TokenChecks(this.time, this.requiredClaims, this.strict, new ValidatorCheck(List.of()));
	}

	TimeCheck time() {
		return this.time;
	}

}
