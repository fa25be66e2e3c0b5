package dev.authstarter.sample.page;

import java.net.URI;
import java.util.Map;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the page. Its files are in {@code static}, and
 * {@code auth-starter.public-paths} makes them public, so that the starter's own filter
 * chain remains in place. {@link PageOnSpringMvc} and {@link PageOnWebFlux} serve what is
 * configured here.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

	/** The path of the settings that the page needs to log users in. */
	static final String SETTINGS = "/page/settings";

	private final TrustedIssuer issuer;

	PageConfiguration(TrustedIssuers issuers) {
		this.issuer = issuers.first();
	}

	/** All of the settings are public. */
	@Bean
	Settings pageSettings(@Value("${sample.page.client-id}") String clientId,
			@Value("${sample.page.scope}") String scope, @Value("${sample.page.operator-scope}") String operatorScope,
			@Value("http://localhost:${sample.issuer.port}") String ownIssuer) {
		boolean own = this.issuer.issuer().equals(ownIssuer);
		// Other issuers may refuse a login that requests unknown scopes.
		return new Settings(this.issuer.issuer(), clientId,
				this.issuer.audiences().stream().sorted().findFirst().orElseThrow(),
				own ? scope + " " + operatorScope : scope, own);
	}

	/**
	 * Allow only scripts, styles, images and connections of the API and connections to
	 * its issuer, and nothing inline. The directive {@code frame-ancestors} overrides
	 * {@code X-Frame-Options}, so the page that ends a silent renewal may be in a frame
	 * of the main page (Content Security Policy Level 3, section 6.4.2.2).
	 */
	@Bean
	ContentPolicies contentPolicies() {
		String origin = origin(URI.create(this.issuer.issuer()));
		String page = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
				+ "connect-src 'self' %1$s; frame-src 'self' %1$s; base-uri 'none'; form-action 'none'; "
					.formatted(origin)
				+ "frame-ancestors 'none'; require-trusted-types-for 'script'";
		String renewed = "default-src 'none'; script-src 'self'; connect-src 'self' %s; base-uri 'none'; "
			.formatted(origin) + "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'";
		return new ContentPolicies(Map.of("/", page, "/index.html", page, "/page/renewed.html", renewed));
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

	/**
	 * Content Security Policies of files of the page.
	 *
	 * @param byPath the policy of each path
	 */
	record ContentPolicies(Map<String, String> byPath) {

	}

}
