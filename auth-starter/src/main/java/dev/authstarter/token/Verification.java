package dev.authstarter.token;

/**
 * The result of verifying a token: verified, refused, or pending until data has arrived.
 */
public sealed interface Verification permits VerifiedToken, RefusedToken, PendingVerification {

}
