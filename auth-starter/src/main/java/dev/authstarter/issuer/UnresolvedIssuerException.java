package dev.authstarter.issuer;

/**
 * An {@link IssuerResolver} failed, so it is not known whether an issuer is trusted.
 */
@SuppressWarnings("serial")
public final class UnresolvedIssuerException extends RuntimeException {

	UnresolvedIssuerException(Throwable cause) {
		super("It is not known whether an issuer is trusted", cause);
	}

}
