package dev.authstarter.token;

/**
 * What came of verifying a token: it is accepted, refused, or something has to arrive
 * first.
 */
public sealed interface Verification permits VerifiedToken, RefusedToken, PendingVerification {

}
