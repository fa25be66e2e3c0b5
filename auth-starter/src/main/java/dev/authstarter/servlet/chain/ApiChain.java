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
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.GenericFilterBean;

/**
 * Builds the library's own filter chain: bearer tokens only, no session, no cookie. It
 * takes every request that reaches it.
 */
public final class ApiChain {

	/** The name of the chain, also where it is no bean. */
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
	 * Build it of these.
	 * @param publicPaths the paths that are open without a token
	 * @param publicHandlers what handlers are declared public for; read at the start,
	 * once Spring MVC has mapped them
	 * @param probes what a platform asks without a token
	 * @param intake finds the token in a request; asked for when the chain is built
	 * @param decoder verifies the token; asked for when the chain is built
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

	/** Whether a chain is the one that was built here. */
	boolean is(SecurityFilterChain chain) {
		return chain == this.built;
	}

	/**
	 * Read what handlers are declared public for, where the chain is in force.
	 * @throws AccessRuleException if a pattern is none that the chain can read
	 */
	public void readPublicHandlers() {
		PublicHandlers open = this.opened;
		if (open != null) {
			open.read();
		}
	}

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
		// Those that a customizer of the application names are left in place.
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

	/** Spring Security would put a second reader beside ours. */
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
			// First, since it is nearly every request: nothing is open only to strangers.
			first(requests, ApiChain::isOfCaller).permitAll();
			// These follow a request that was authorized, or tell of one that was not.
			requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
			requests.requestMatchers(ApiChain::isContinued).permitAll();
			// Never true.
			requests.requestMatchers(PublicHandlers::forget).denyAll();
			this.publicPaths.all().forEach((path) -> open(requests, path));
			// Details stay with Spring Boot's own rule.
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
					"A Customizer<HttpSecurity> bean has a rule for anyRequest(), behind which the filter chain of this API has no place for its own.",
					"Leave anyRequest() out: what no rule names needs a token anyway.");
			failure.initCause(ex);
			throw failure;
		}
	}

	/**
	 * A filter that runs once per request marks the request with its name, which by
	 * default is that of its class with the package. Two with one name would be taken for
	 * one, so filters of the application keep theirs.
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
	 * Without a source of its own Spring Security asks Spring MVC, which looks for the
	 * handler of every request. Only browsers send {@code Origin}.
	 */
	private static void lookUpForBrowsersOnly(CorsConfigurer<HttpSecurity> cors, ApplicationContext context) {
		boolean configured = context.containsBean("corsFilter") || context.containsBean("corsConfigurationSource");
		if (!configured && context.containsBean("mvcHandlerMappingIntrospector")) {
			CorsConfigurationSource mvc = context.getBean("mvcHandlerMappingIntrospector",
					CorsConfigurationSource.class);
			cors.configurationSource(
					(request) -> CorsUtils.isCorsRequest(request) ? mvc.getCorsConfiguration(request) : null);
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

	/** A handler may also go on with another path, which must be open to the caller. */
	private static boolean isContinued(HttpServletRequest request) {
		return request.getDispatcherType() == DispatcherType.ASYNC
				&& request.getRequestURI().equals(request.getAttribute(AsyncContext.ASYNC_REQUEST_URI));
	}

	/**
	 * Whether a chain matches any request, so that none behind it is ever reached. Of a
	 * matcher of another type nobody can tell; a chain behind it does no harm.
	 */
	public static boolean matchesAnyRequest(SecurityFilterChain chain) {
		return chain instanceof DefaultSecurityFilterChain known
				&& (known.getRequestMatcher() instanceof AnyRequestMatcher
						|| known.getRequestMatcher().equals(PathPatternRequestMatcher.pathPattern("/**")));
	}

}
