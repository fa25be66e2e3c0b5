package dev.authstarter.sample.page;

import java.net.URI;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves the page. Its files are in {@code static}, and {@code auth-starter.public-paths}
 * makes them public, so that the starter's own filter chain remains in place.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

	private final TrustedIssuer issuer;

	PageConfiguration(TrustedIssuers issuers) {
		this.issuer = issuers.first();
	}

	/** The settings that the page needs to log users in. All of them are public. */
	@Bean
	RouterFunction<ServerResponse> pageSettings(@Value("${sample.page.client-id}") String clientId,
			@Value("${sample.page.scope}") String scope, @Value("${sample.page.operator-scope}") String operatorScope,
			@Value("http://localhost:${sample.issuer.port}") String ownIssuer) {
		boolean own = this.issuer.issuer().equals(ownIssuer);
		// Other issuers may refuse a login that requests unknown scopes.
		Settings settings = new Settings(this.issuer.issuer(), clientId,
				this.issuer.audiences().stream().sorted().findFirst().orElseThrow(),
				own ? scope + " " + operatorScope : scope, own);
		return RouterFunctions.route().GET("/page/settings", (request) -> ServerResponse.ok().body(settings)).build();
	}

	/**
	 * Allow only scripts, styles, images and connections of the API and connections to
	 * its issuer, and nothing inline. The directive {@code frame-ancestors} overrides
	 * {@code X-Frame-Options}, so the page that ends a silent renewal may be in a frame
	 * of the main page (Content Security Policy Level 3, section 6.4.2.2).
	 */
	@Bean
	Customizer<HeadersConfigurer<HttpSecurity>> contentSecurityPolicies() {
		String origin = origin(URI.create(this.issuer.issuer()));
		HeaderWriter page = onlyOn(
				"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
						+ "connect-src 'self' %1$s; frame-src 'self' %1$s; base-uri 'none'; form-action 'none'; "
							.formatted(origin)
						+ "frame-ancestors 'none'; require-trusted-types-for 'script'",
				"/", "/index.html");
		HeaderWriter renewed = onlyOn(
				"default-src 'none'; script-src 'self'; connect-src 'self' %s; base-uri 'none'; ".formatted(origin)
						+ "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'",
				"/page/renewed.html");
		return (headers) -> headers.addHeaderWriter(page).addHeaderWriter(renewed);
	}

	private static HeaderWriter onlyOn(String policy, String... paths) {
		RequestMatcher[] matchers = new RequestMatcher[paths.length];
		for (int i = 0; i < paths.length; i++) {
			matchers[i] = PathPatternRequestMatcher.withDefaults().matcher(paths[i]);
		}
		return new DelegatingRequestMatcherHeaderWriter(new OrRequestMatcher(matchers),
				new ContentSecurityPolicyHeaderWriter(policy));
	}

	private static String origin(URI issuer) {
		return issuer.getScheme() + "://" + issuer.getRawAuthority();
	}

	/**
	 * The settings of the page.
	 *
	 * @param issuer the issuer to log in at
	 * @param clientId the page's client id at the issuer
	 * @param audience the API for which the page requests a token
	 * @param scope the scopes that the page requests, separated by spaces
	 * @param ownIssuer whether the issuer is the one of the sample, which is the only one
	 * with switches
	 */
	record Settings(String issuer, String clientId, String audience, String scope, boolean ownIssuer) {

	}

}
