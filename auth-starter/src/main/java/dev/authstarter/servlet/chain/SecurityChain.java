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
 * One of the filter chains in force.
 */
public final class SecurityChain {

	private static final Authentication STRANGER = new AnonymousAuthenticationToken("stranger", "anonymousUser",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	private final String name;

	private final SecurityFilterChain chain;

	private final boolean own;

	private final @Nullable ServletContext context;

	/**
	 * Look at a chain.
	 * @param name the name of its bean, or {@code null} if it is none
	 */
	SecurityChain(@Nullable String name, SecurityFilterChain chain, boolean own, @Nullable ServletContext context) {
		this.chain = chain;
		this.name = (name != null) ? name
				: (chain.getFilters().isEmpty() ? "web.ignoring() of " : "without a name, for ") + requests(chain);
		this.own = own;
		this.context = context;
	}

	/**
	 * Return what people call the chain.
	 * @return the name of its bean, or what it is where it is no bean
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Tell whether it is the library's own.
	 * @return whether the application did not declare it
	 */
	public boolean isOwn() {
		return this.own;
	}

	/**
	 * Tell whether it reads access tokens.
	 * @return whether it has Spring Security's filter for bearer tokens
	 */
	public boolean readsTokens() {
		return this.chain.getFilters().stream().anyMatch(BearerTokenAuthenticationFilter.class::isInstance);
	}

	/**
	 * Tell whether nobody can authenticate with an access token.
	 * @return {@code false} if it reads tokens, or if one of its filters may: one of the
	 * application, or Spring Security's general one
	 */
	public boolean readsNoTokens() {
		return !readsTokens() && this.chain.getFilters()
			.stream()
			.noneMatch((filter) -> filter instanceof AuthenticationFilter || !isOfSpring(filter));
	}

	private static boolean isOfSpring(Filter filter) {
		return filter.getClass().getName().startsWith("org.springframework.");
	}

	/** Whether its rules let a stranger pass; where there are none, all pass. */
	boolean admitsStrangers(String method, String path) {
		List<AuthorizationFilter> rules = this.chain.getFilters()
			.stream()
			.filter(AuthorizationFilter.class::isInstance)
			.map(AuthorizationFilter.class::cast)
			.toList();
		// Spring Security's older filter for rules is in a module of its own.
		if (rules.isEmpty() && this.chain.getFilters()
			.stream()
			.anyMatch((filter) -> filter.getClass().getSimpleName().equals("FilterSecurityInterceptor"))) {
			return false;
		}
		HttpServletRequest request = SampleRequest.of(this.context, method, path).request();
		return rules.stream().allMatch((rule) -> admitsStranger(rule, request));
	}

	/** What is let in for public handlers alone reaches no others. */
	private static boolean admitsStranger(AuthorizationFilter rule, HttpServletRequest request) {
		try {
			AuthorizationResult result = rule.getAuthorizationManager().authorize(() -> STRANGER, request);
			return (result == null || result.isGranted()) && !PublicHandlers.admitted(request);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/** Whether it takes a request with this method and path, which may hang on more. */
	Taking takes(String method, String path) {
		if (ApiChain.matchesAnyRequest(this.chain)) {
			return Taking.SURELY;
		}
		SampleRequest sample = SampleRequest.of(this.context, method, path);
		try {
			boolean matches = this.chain.matches(sample.request());
			return sample.askedForMore() ? Taking.PERHAPS : matches ? Taking.SURELY : Taking.NEVER;
		}
		catch (RuntimeException ex) {
			return Taking.PERHAPS;
		}
	}

	/**
	 * Describe it for people.
	 * @return its name, what it takes, and whether it reads tokens
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
		// What has no description of its own is named by its class, the same in each run.
		return text.matches("[^ ]+@[0-9a-f]+") ? "requests that %s decides on"
			.formatted(text.substring(0, text.indexOf('@')).replaceFirst("(\\$\\$Lambda).*", "$1")) : text;
	}

	/**
	 * Whether a chain takes requests with a certain method and path.
	 */
	enum Taking {

		/** All of them. */
		SURELY,

		/** Those that have something else in common, as far as one can tell. */
		PERHAPS,

		/** None of them. */
		NEVER

	}

}
