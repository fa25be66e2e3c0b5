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
 * The checks of all issuers, in two lists: those of a new token, whose result is cached
 * with the token, and those of every request, whose result can change.
 */
final class TokenChecks {

	private final TimeCheck time;

	private final List<String> requiredClaims;

	private final boolean strict;

	private final List<RequestCheck> onEveryRequest;

	/**
	 * Create the two lists.
	 * @param time the check of the times, which is in both lists: an expired token is
	 * refused before its signature is verified
	 * @param requiredClaims claims that every token must have
	 * @param strict whether only tokens according to RFC 9068 are accepted
	 * @param validators the check of the application's own validators
	 */
	TokenChecks(TimeCheck time, List<String> requiredClaims, boolean strict, ValidatorCheck validators) {
		this.time = time;
		this.requiredClaims = List.copyOf(requiredClaims);
		this.strict = strict;
		this.onEveryRequest = List.of(RequestCheck.repeated(time), validators);
	}

	/**
	 * Return the checks of a new token. If several fail, the first determines the reason.
	 * @param issuer the issuer of the tokens
	 * @param reader reads their claims
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

	/**
	 * Return the checks without the application's validators, which may call other
	 * services or store state.
	 */
	TokenChecks withoutValidators() {
		return new TokenChecks(this.time, this.requiredClaims, this.strict, new ValidatorCheck(List.of()));
	}

	TimeCheck time() {
		return this.time;
	}

}
