package dev.authstarter.event;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A request was refused. Published as an application event; holds nothing of the token.
 *
 * @param reason why
 * @param issuer the configured name of the issuer that the token named, or {@code null}
 * where there was no token or none that names a trusted issuer. Unless the caller was
 * authenticated, nobody has verified that the token is from there.
 * @param handler the path pattern of the handler, or {@code null} where the request did
 * not get that far
 * @param client a digest of the caller's client id, always the same for the same client,
 * or {@code null} where nobody was authenticated
 * @param traceId the id of the trace, or {@code null} without tracing
 * @param method the method that was called on a thread without its caller, or
 * {@code null} for every other reason than {@link Reason#CALLER_LOST}
 */
public record RequestRefused(Reason reason, @Nullable String issuer, @Nullable String handler, @Nullable String client,
		@Nullable String traceId, @Nullable String method) {

}
