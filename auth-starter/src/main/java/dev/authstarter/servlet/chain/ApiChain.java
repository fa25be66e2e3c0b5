package dev.authstarter.servlet.chain;

import java.util.List;
import java.util.function.Supplier;

import dev.authstarter.access.PublicPath;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.servlet.refusal.RefusalAccessDeniedHandler;
import dev.authstarter.servlet.refusal.RefusalEntryPoint;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CorsConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.ClassUtils;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.GenericFilterBean;

/**
 * Builds the filter chain of this library: bearer tokens only, no session, no cookie. The
 * chain matches every request.
 */
public final class ApiChain {

	/** The name of the chain, even if it is not a bean. */
	public static final String NAME = "apiSecurityFilterChain";

	private static final boolean MVC = ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet",
			ApiChain.class.getClassLoader());

	private final PublicPaths publicPaths;

	private final Supplier<List<PublicPath>> publicHandlers;

	private final List<RequestMatcher> probes;

	private final ObjectProvider<AuthenticationConverter> intake;

	private final ObjectProvider<JwtDecoder> decoder;

	private final CallerAuthentications authentications;

	private final AuthenticationEvents events;

	private final RefusalEntryPoint entryPoint;

	private final RefusalAccessDeniedHandler accessDeniedHandler;

	private volatile @Nullable SecurityFilterChain built;

	private volatile @Nullable PublicHandlers opened;

	/**
	 * Create a builder of the chain.
	 * @param publicPaths the paths that need no token
	 * @param publicHandlers the methods and patterns of handlers that are declared
	 * public; read at start-up, after Spring MVC has mapped its handlers
	 * @param probes the requests of a platform's health probes, which need no token
	 * @param intake finds the token in a request; looked up when the chain is built
	 * @param decoder verifies the token; looked up when the chain is built
	 * @param authentications converts verified tokens to authentications
	 * @param events publishes authentication events
	 * @param entryPoint answers requests that are not authenticated
	 * @param accessDeniedHandler answers requests that a rule denied
	 */
	public ApiChain(PublicPaths publicPaths, Supplier<List<PublicPath>> publicHandlers, List<RequestMatcher> probes,
			ObjectProvider<AuthenticationConverter> intake, ObjectProvider<JwtDecoder> decoder,
			CallerAuthentications authentications, AuthenticationEvents events, RefusalEntryPoint entryPoint,
			RefusalAccessDeniedHandler accessDeniedHandler) {
		this.publicPaths = publicPaths;
		this.publicHandlers = publicHandlers;
		this.probes = probes;
		this.intake = intake;
		this.decoder = decoder;
		this.authentications = authentications;
		this.events = events;
		this.entryPoint = entryPoint;
		this.accessDeniedHandler = accessDeniedHandler;
	}

	/** Return whether a chain is the one that this object built. */
	boolean is(SecurityFilterChain chain) {
		return chain == this.built;
	}

	/**
	 * Read the methods and patterns of public handlers, if the chain was built.
	 * @throws AccessRuleException if the chain cannot read a pattern
	 */
	public void readPublicHandlers() {
		PublicHandlers open = this.opened;
		if (open != null) {
			open.read();
		}
	}

	/**
	 * Build the chain.
	 * @param http the builder of Spring Security
	 * @return the chain
	 * @throws AccessRuleException if a customizer of the application conflicts with the
	 * chain
	 */
	public SecurityFilterChain build(HttpSecurity http) {
		http.sessionManagement(AbstractHttpConfigurer::disable);
		http.securityContext(
				(context) -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()));
		http.csrf(AbstractHttpConfigurer::disable);
		http.requestCache(AbstractHttpConfigurer::disable);
		http.logout(AbstractHttpConfigurer::disable);
		if (MVC) {
			http.cors((cors) -> lookUpForBrowsersOnly(cors, http.getSharedObject(ApplicationContext.class)));
		}
		// Handlers that a customizer of the application sets are not replaced.
		http.exceptionHandling((exceptions) -> exceptions
			.defaultAuthenticationEntryPointFor(this.entryPoint, AnyRequestMatcher.INSTANCE)
			.defaultAccessDeniedHandlerFor(this.accessDeniedHandler, AnyRequestMatcher.INSTANCE));
		refuseOtherReader(http);
		http.addFilter(bearerTokens());
		requireToken(http);
		DefaultSecurityFilterChain chain = http.build();
		chain.setBeanName(NAME);
		chain.getFilters().forEach(ApiChain::shortenName);
		this.built = chain;
		return chain;
	}

	/** Spring Security would add a second filter for bearer tokens. */
	@SuppressWarnings("unchecked")
	private static void refuseOtherReader(HttpSecurity http) {
		if (http.getConfigurer(OAuth2ResourceServerConfigurer.class) != null) {
			throw new AccessRuleException(
					"A Customizer bean configures oauth2ResourceServer, but the filter chain of this API reads tokens in its own way.",
					"Declare an OAuth2TokenValidator<Jwt>, a BearerTokenResolver or a JwtAuthenticationConverter bean instead, "
							+ "or configure it in a SecurityFilterChain bean of your own.");
		}
	}

	private void requireToken(HttpSecurity http) {
		PublicHandlers open = PublicHandlers.of(this.publicHandlers, http.getSharedObject(ApplicationContext.class));
		this.opened = open;
		http.authorizeHttpRequests((requests) -> {
			// First, because it matches nearly every request; no rule below denies an
			// authenticated caller.
			first(requests, ApiChain::isOfCaller).permitAll();
			// These dispatches follow a request that was authorized, or report an error.
			requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
			requests.requestMatchers(ApiChain::isContinued).permitAll();
			// Never matches; removes the mark of an earlier dispatch.
			requests.requestMatchers(PublicHandlers::forget).denyAll();
			this.publicPaths.all().forEach((path) -> open(requests, path));
			// Spring Boot decides which health details a response contains.
			requests.requestMatchers(this.probes.toArray(RequestMatcher[]::new)).permitAll();
			requests.requestMatchers(open).permitAll();
			requests.anyRequest().authenticated();
		});
	}

	private static void open(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
			PublicPath path) {
		if (path.methods().isEmpty()) {
			requests.requestMatchers(path.pattern()).permitAll();
		}
		for (String method : path.methods()) {
			requests.requestMatchers(HttpMethod.valueOf(method), path.pattern()).permitAll();
			if (method.equals("GET")) {
				requests.requestMatchers(HttpMethod.HEAD, path.pattern()).permitAll();
			}
		}
	}

	private static AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl first(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
			RequestMatcher matcher) {
		try {
			return requests.requestMatchers(matcher);
		}
		catch (IllegalStateException ex) {
			AccessRuleException failure = new AccessRuleException(
					"A Customizer<HttpSecurity> bean has a rule for anyRequest(), after which the filter chain of "
							+ "this API cannot add its own.",
					"Remove anyRequest(): requests that match no rule need a token anyway.");
			failure.initCause(ex);
			throw failure;
		}
	}

	/**
	 * A filter that runs once per request marks the request with its name, by default the
	 * qualified name of its class. Two filters with the same name would be taken for one,
	 * so filters of the application keep their names.
	 */
	private static void shortenName(Filter filter) {
		if (filter instanceof GenericFilterBean named
				&& filter.getClass().getName().startsWith("org.springframework.")) {
			named.setBeanName(shortName(filter));
		}
	}

	static String shortName(Filter filter) {
		return "api." + filter.getClass().getSimpleName();
	}

	/**
	 * Without a configured source, Spring Security uses Spring MVC, which looks up the
	 * handler of every request. Only requests with an {@code Origin} need the lookup.
	 */
	private static void lookUpForBrowsersOnly(CorsConfigurer<HttpSecurity> cors, ApplicationContext context) {
		boolean configured = context.containsBean("corsFilter") || context.containsBean("corsConfigurationSource");
		if (!configured && context.containsBean("mvcHandlerMappingIntrospector")) {
			CorsConfigurationSource mvc = context.getBean("mvcHandlerMappingIntrospector",
					CorsConfigurationSource.class);
			cors.configurationSource((request) -> (request.getHeader(HttpHeaders.ORIGIN) != null)
					? mvc.getCorsConfiguration(request) : null);
		}
	}

	private BearerTokenAuthenticationFilter bearerTokens() {
		JwtAuthenticationProvider provider = new JwtAuthenticationProvider(this.decoder.getObject());
		provider.setJwtAuthenticationConverter(this.authentications);
		BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(this.events.of(provider),
				this.intake.getObject());
		filter.setAuthenticationEntryPoint(this.entryPoint);
		filter.setAuthenticationFailureHandler(this.entryPoint);
		return filter;
	}

	private static boolean isOfCaller(HttpServletRequest request) {
		return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller
				&& caller.isAuthenticated();
	}

	/**
	 * An asynchronous dispatch may go to another path, which has to be authorized again.
	 */
	private static boolean isContinued(HttpServletRequest request) {
		return request.getDispatcherType() == DispatcherType.ASYNC
				&& request.getRequestURI().equals(request.getAttribute(AsyncContext.ASYNC_REQUEST_URI));
	}

	/**
	 * Return whether a chain matches any request, so that no chain after it is reached.
	 * For other types of matchers the result is {@code false}; a chain after them does no
	 * harm.
	 * @param chain the chain
	 * @return whether it is known to match any request
	 */
	public static boolean matchesAnyRequest(SecurityFilterChain chain) {
		return chain instanceof DefaultSecurityFilterChain known
				&& (known.getRequestMatcher() instanceof AnyRequestMatcher
						|| known.getRequestMatcher().equals(PathPatternRequestMatcher.pathPattern("/**")));
	}

}
