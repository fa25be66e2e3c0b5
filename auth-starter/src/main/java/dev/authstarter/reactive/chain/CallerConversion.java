package dev.authstarter.reactive.chain;

import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.reactive.context.ServerThread;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Converts a verified token to an authentication, on the event loop or, if a converter of
 * the application takes part and may block, on another thread.
 */
public final class CallerConversion implements Converter<Jwt, Mono<AbstractAuthenticationToken>> {

	private final CallerAuthentications authentications;

	private final @Nullable Scheduler blocking;

	/**
	 * Convert tokens.
	 * @param authentications converts a token
	 * @param blocking the scheduler on which it is called, or {@code null} if it does not
	 * block
	 */
	public CallerConversion(CallerAuthentications authentications, @Nullable Scheduler blocking) {
		this.authentications = authentications;
		this.blocking = blocking;
	}

	@Override
	public Mono<AbstractAuthenticationToken> convert(Jwt jwt) {
		Mono<AbstractAuthenticationToken> converted = Mono.fromSupplier(() -> this.authentications.convert(jwt));
		return (this.blocking != null) ? ServerThread.returnTo(converted.subscribeOn(this.blocking)) : converted;
	}

}
