package dev.authstarter.reactive.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.access.PublicPath;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.reactive.refusal.ServerRefusals;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.PreFlightRequestHandler;
import org.springframework.web.cors.reactive.PreFlightRequestWebFilter;

/**
 * Builds the library's own filter chain of WebFlux: bearer tokens only, no session, no
 * cookie. It matches every request.
 */
public final class ApiWebFilterChain {

	private final PublicPaths publicPaths;

	private final ServerWebExchangeMatcher publicHandlers;

	private final List<ServerWebExchangeMatcher> probes;

	private final ReactiveJwtDecoder decoder;

	private final CallerConversion callers;

	private final ServerRefusals refusals;

	private final @Nullable CorsWebFilter cors;

	private final @Nullable PreFlightRequestHandler preFlights;

	/**
	 * Create the builder.
	 * @param publicPaths the paths that are open without a token
	 * @param publicHandlers matches requests that a handler declared public may serve
	 * @param probes matches health probes, which have no token
	 * @param decoder verifies the token
	 * @param callers converts a verified token to an authentication
	 * @param refusals answers refused requests
	 * @param cors the application's own CORS filter, or {@code null}
	 * @param preFlights handles CORS preflight requests, or {@code null} if there is none
	 */
	public ApiWebFilterChain(PublicPaths publicPaths, ServerWebExchangeMatcher publicHandlers,
			List<ServerWebExchangeMatcher> probes, ReactiveJwtDecoder decoder, CallerConversion callers,
			ServerRefusals refusals, @Nullable CorsWebFilter cors, @Nullable PreFlightRequestHandler preFlights) {
		this.publicPaths = publicPaths;
		this.publicHandlers = publicHandlers;
		this.probes = probes;
		this.decoder = decoder;
		this.callers = callers;
		this.refusals = refusals;
		this.cors = cors;
		this.preFlights = preFlights;
	}

	/**
	 * Build the chain.
	 * @param http a builder that nothing else configures
	 * @return the chain
	 */
	public SecurityWebFilterChain build(ServerHttpSecurity http) {
		http.csrf(ServerHttpSecurity.CsrfSpec::disable);
		http.formLogin(ServerHttpSecurity.FormLoginSpec::disable);
		http.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable);
		http.logout(ServerHttpSecurity.LogoutSpec::disable);
		http.requestCache(ServerHttpSecurity.RequestCacheSpec::disable);
		http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
		http.exceptionHandling(
				(exceptions) -> exceptions.authenticationEntryPoint(this.refusals).accessDeniedHandler(this.refusals));
		if (this.cors != null) {
			http.addFilterAt(this.cors, SecurityWebFiltersOrder.CORS);
		}
		if (this.preFlights != null) {
			// After the filter that Spring Security creates from a
			// CorsConfigurationSource, which answers the requests it is configured for.
			http.addFilterAfter(new PreFlightRequestWebFilter(this.preFlights), SecurityWebFiltersOrder.CORS);
		}
		http.addFilterAt(bearerTokens(), SecurityWebFiltersOrder.AUTHENTICATION);
		http.authorizeExchange((exchanges) -> exchanges.anyExchange().access(new TokenRequirement(open())));
		return http.build();
	}

	private AuthenticationWebFilter bearerTokens() {
		JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(this.decoder);
		manager.setJwtAuthenticationConverter(this.callers);
		AuthenticationWebFilter filter = new AuthenticationWebFilter(manager);
		filter.setServerAuthenticationConverter(new BearerTokenReader());
		filter.setAuthenticationFailureHandler(this.refusals);
		return filter;
	}

	/** Who sees the details of health is configured in Spring Boot. */
	private List<ServerWebExchangeMatcher> open() {
		List<ServerWebExchangeMatcher> open = new ArrayList<>();
		this.publicPaths.all().forEach((path) -> open.addAll(matchers(path)));
		open.addAll(this.probes);
		open.add(this.publicHandlers);
		return open;
	}

	private static List<ServerWebExchangeMatcher> matchers(PublicPath path) {
		if (path.methods().isEmpty()) {
			return List.of(new PathPatternParserServerWebExchangeMatcher(path.pattern()));
		}
		return path.methods()
			.stream()
			.flatMap((method) -> method.equals("GET") ? Stream.of(HttpMethod.GET, HttpMethod.HEAD)
					: Stream.of(HttpMethod.valueOf(method)))
			.<ServerWebExchangeMatcher>map(
					(method) -> new PathPatternParserServerWebExchangeMatcher(path.pattern(), method))
			.toList();
	}

}
