package dev.authstarter.event;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A request was refused. Published as an application event. Contains no token and no
 * claim.
 *
 * @param reason the reason
 * @param issuer the configured name of the issuer that the token named, or {@code null}
 * if there was no token or it names no trusted issuer. Unless the caller was
 * authenticated, the token's signature may not have been verified.
 * @param handler the path pattern of the handler, or {@code null} if the request was
 * refused before a handler was found
 * @param client a digest of the caller's client id, always the same for the same client,
 * or {@code null} if no caller was authenticated
 * @param traceId the id of the trace, or {@code null} without tracing
 * @param method the method that was called on a thread without its caller, or
 * {@code null} for every other reason than {@link Reason#CALLER_LOST}
 */
public record RequestRefused(Reason reason, @Nullable String issuer, @Nullable String handler, @Nullable String client,
		@Nullable String traceId, @Nullable String method) {

}
