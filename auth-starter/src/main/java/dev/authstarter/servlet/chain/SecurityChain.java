package dev.authstarter.servlet.chain;

import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;

/**
 * A filter chain of the application or of this library, in force.
 */
public final class SecurityChain {

	private static final Authentication ANONYMOUS = new AnonymousAuthenticationToken("anonymous", "anonymousUser",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	private final String name;

	private final SecurityFilterChain chain;

	private final boolean own;

	private final @Nullable ServletContext context;

	/**
	 * Describe a chain.
	 * @param name the name of its bean, or {@code null} if it is not a bean
	 * @param chain the chain
	 * @param own whether it is the chain of this library
	 * @param context the servlet context, or {@code null} if there is none
	 */
	SecurityChain(@Nullable String name, SecurityFilterChain chain, boolean own, @Nullable ServletContext context) {
		this.chain = chain;
		this.name = (name != null) ? name
				: (chain.getFilters().isEmpty() ? "web.ignoring() of " : "without a name, for ") + requests(chain);
		this.own = own;
		this.context = context;
	}

	/**
	 * Return the name of the chain in messages.
	 * @return the name of its bean, or a description if it is not a bean
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return whether it is the chain of this library.
	 * @return whether the application did not declare it
	 */
	public boolean isOwn() {
		return this.own;
	}

	/**
	 * Return whether it reads access tokens.
	 * @return whether it has Spring Security's filter for bearer tokens
	 */
	public boolean readsTokens() {
		return this.chain.getFilters().stream().anyMatch(BearerTokenAuthenticationFilter.class::isInstance);
	}

	/**
	 * Return whether it certainly reads no access tokens.
	 * @return {@code false} if it reads tokens, or if it has a filter that may read them:
	 * one of the application, or Spring Security's general {@link AuthenticationFilter}
	 */
	public boolean readsNoTokens() {
		return !readsTokens() && this.chain.getFilters()
			.stream()
			.noneMatch((filter) -> filter instanceof AuthenticationFilter || !isOfSpring(filter));
	}

	private static boolean isOfSpring(Filter filter) {
		return filter.getClass().getName().startsWith("org.springframework.");
	}

	/** Return whether its rules admit anonymous callers; a chain without rules does. */
	boolean admitsAnonymous(String method, String path) {
		List<AuthorizationFilter> rules = this.chain.getFilters()
			.stream()
			.filter(AuthorizationFilter.class::isInstance)
			.map(AuthorizationFilter.class::cast)
			.toList();
		// Spring Security's older authorization filter is in a separate module.
		if (rules.isEmpty() && this.chain.getFilters()
			.stream()
			.anyMatch((filter) -> filter.getClass().getSimpleName().equals("FilterSecurityInterceptor"))) {
			return false;
		}
		HttpServletRequest request = SampleRequest.of(this.context, method, path).request();
		return rules.stream().allMatch((rule) -> admitsAnonymous(rule, request));
	}

	/**
	 * A request that is admitted for public handlers alone does not reach other handlers.
	 */
	private static boolean admitsAnonymous(AuthorizationFilter rule, HttpServletRequest request) {
		try {
			AuthorizationResult result = rule.getAuthorizationManager().authorize(() -> ANONYMOUS, request);
			return (result == null || result.isGranted()) && !PublicHandlers.admitted(request);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/** Return whether it matches requests with this method and path. */
	Taking takes(String method, String path) {
		if (ApiChain.matchesAnyRequest(this.chain)) {
			return Taking.ALWAYS;
		}
		SampleRequest sample = SampleRequest.of(this.context, method, path);
		try {
			boolean matches = this.chain.matches(sample.request());
			return sample.askedForMore() ? Taking.SOMETIMES : matches ? Taking.ALWAYS : Taking.NEVER;
		}
		catch (RuntimeException ex) {
			return Taking.SOMETIMES;
		}
	}

	/**
	 * Describe the chain.
	 * @return its name, the requests it matches, and whether it reads tokens
	 */
	@Override
	public String toString() {
		String tokens = readsTokens() ? "reads access tokens"
				: readsNoTokens() ? "reads no access tokens" : "has a filter that may read access tokens";
		return "'%s' for %s, %s".formatted(this.name, requests(this.chain), tokens);
	}

	private static String requests(SecurityFilterChain chain) {
		Object matcher = (chain instanceof DefaultSecurityFilterChain known) ? known.getRequestMatcher() : chain;
		String text = matcher.toString();
		// A matcher without a description is named by its class, so that the text is the
		// same in each run.
		return text.matches("[^ ]+@[0-9a-f]+") ? "requests that %s decides on"
			.formatted(text.substring(0, text.indexOf('@')).replaceFirst("(\\$\\$Lambda).*", "$1")) : text;
	}

	/**
	 * Whether a chain matches requests with a certain method and path.
	 */
	enum Taking {

		/** All of them. */
		ALWAYS,

		/**
		 * Some of them, depending on other properties of the request, or it is unknown.
		 */
		SOMETIMES,

		/** None of them. */
		NEVER

	}

}
