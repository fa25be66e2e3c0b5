package dev.authstarter.reactive.chain;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;

/**
 * Grants every request of an authenticated caller, and the public ones of anyone else.
 * The matchers of public requests are therefore not called for known callers.
 */
final class TokenRequirement implements ReactiveAuthorizationManager<AuthorizationContext> {

	private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final List<ServerWebExchangeMatcher> open;

	/**
	 * Require a token.
	 * @param open match the public requests, in the order in which they are called
	 */
	TokenRequirement(List<ServerWebExchangeMatcher> open) {
		this.open = List.copyOf(open);
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
		return authentication.filter(this.trust::isAuthenticated)
			.map((caller) -> GRANTED)
			.switchIfEmpty(Mono.defer(() -> isOpen(context.getExchange())));
	}

	private Mono<AuthorizationResult> isOpen(ServerWebExchange exchange) {
		return Flux.fromIterable(this.open)
			.concatMap((matcher) -> matcher.matches(exchange))
			.any(MatchResult::isMatch)
			.map(AuthorizationDecision::new);
	}

}
