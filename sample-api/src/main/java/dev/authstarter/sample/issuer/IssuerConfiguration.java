package dev.authstarter.sample.issuer;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The issuer's application context. It is not a {@code @Configuration}, so that the API's
 * component scan does not find it, and it lists its auto-configurations explicitly, so
 * that those of the API do not apply.
 */
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class, SecurityAutoConfiguration.class,
		ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
		OAuth2AuthorizationServerAutoConfiguration.class, OAuth2AuthorizationServerJwtAutoConfiguration.class })
class IssuerConfiguration {

	@Bean
	static InMemoryUserDetailsManager users() {
		return new InMemoryUserDetailsManager(user("alice"), user("bob"));
	}

	private static UserDetails user(String name) {
		return User.withUsername(name).password("{noop}" + name).build();
	}

	@Bean
	static Memberships memberships() {
		return new Memberships(Map.of("alice", List.of(Membership.inAcme("editor"), Membership.inGlobex("viewer")),
				"bob", List.of(Membership.inAcme("viewer")), "reminder-cron",
				List.of(Membership.inAcme(), Membership.inGlobex()), "ward-monitor", List.of(), "clinic-kiosk",
				List.of(Membership.inAcme())));
	}

	@Bean
	static TokenClaims tokenClaims(@Value("${issuer.audience}") List<String> audience, Memberships memberships) {
		return new TokenClaims(audience, memberships, Set.of("alice"));
	}

	@Bean
	static OAuth2TokenCustomizer<JwtEncodingContext> jwtClaims(TokenClaims claims) {
		return claims::customize;
	}

	@Bean
	static OAuth2TokenCustomizer<OAuth2TokenClaimsContext> opaqueTokenClaims(TokenClaims claims) {
		return claims::customizeOpaque;
	}

	@Bean
	static SigningKeys signingKeys(@Value("${issuer.keys}") Path file) {
		return new SigningKeys(file, Clock.systemUTC());
	}

	@Bean
	static NimbusJwtEncoder jwtEncoder(SigningKeys keys) {
		NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
		encoder.setJwkSelector((newestFirst) -> newestFirst.get(0));
		return encoder;
	}

	/** Only the sample's page, which has another origin, may read answers. */
	@Bean
	static UrlBasedCorsConfigurationSource corsConfigurationSource(@Value("${issuer.app}") String app) {
		CorsConfiguration page = new CorsConfiguration();
		page.addAllowedOrigin(app);
		page.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE"));
		page.setAllowedHeaders(List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, DevelopmentGuard.HEADER));
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		for (String path : List.of("/.well-known/**", "/oauth2/jwks", IssuerFaults.PATH, IssuerFaults.PATH + "/**")) {
			source.registerCorsConfiguration(path, page);
		}
		// The page's client sends cookies when it exchanges a code. They are ignored.
		CorsConfiguration withCookies = new CorsConfiguration(page);
		withCookies.setAllowCredentials(true);
		source.registerCorsConfiguration("/oauth2/token", withCookies);
		return source;
	}

	@Bean
	static RouterFunction<ServerResponse> loginPages(Memberships memberships) {
		return new LoginPages(memberships).routes();
	}

	@Bean
	static RouterFunction<ServerResponse> switches(SigningKeys keys, Outage outage, JwtEncoder encoder) {
		NimbusJwtDecoder accessTokens = NimbusJwtDecoder.withJwkSource(keys).build();
		accessTokens.setJwtValidator(
				new DelegatingOAuth2TokenValidator<>(new JwtTypeValidator("at+jwt"), new JwtTimestampValidator()));
		return new IssuerFaults(keys, outage, accessTokens, encoder).routes();
	}

	@Bean
	static Outage outage() {
		return new Outage();
	}

	/** Before all other filters, including Spring Security. */
	@Bean
	static FilterRegistrationBean<Outage> outageFilter(Outage outage) {
		FilterRegistrationBean<Outage> registration = new FilterRegistrationBean<>(outage);
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	@Bean
	@Order(0)
	static SecurityFilterChain switchesChain(HttpSecurity http) {
		http.securityMatcher(IssuerFaults.PATH, IssuerFaults.PATH + "/**");
		http.cors(withDefaults());
		http.csrf(AbstractHttpConfigurer::disable); // the guard's header does that
		http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.authorizeHttpRequests((requests) -> requests.anyRequest().access(new DevelopmentGuard()));
		http.exceptionHandling(
				(exceptions) -> exceptions.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.FORBIDDEN)));
		return http.build();
	}

	@Bean
	@Order(1)
	static SecurityFilterChain protocolEndpoints(HttpSecurity http, Memberships memberships) {
		http.cors(withDefaults());
		http.addFilterBefore(new OrganizationChooserFilter(memberships), LogoutFilter.class);
		http.oauth2AuthorizationServer((server) -> {
			http.securityMatcher(server.getEndpointsMatcher());
			server.oidc(withDefaults());
			server.authorizationEndpoint((endpoint) -> endpoint
				.authenticationProviders((providers) -> letUsersChooseAmongTheirOrganizations(providers, memberships)));
		});
		http.authorizeHttpRequests((requests) -> {
			// Requests that forbid pages get an error of the authorization endpoint, not
			// a login page.
			requests.requestMatchers(OrganizationChooserFilter::forbidsPages).permitAll();
			requests.anyRequest().authenticated();
		});
		http.exceptionHandling((exceptions) -> exceptions.defaultAuthenticationEntryPointFor(
				new LoginUrlAuthenticationEntryPoint(LoginPages.LOGIN),
				new MediaTypeRequestMatcher(MediaType.TEXT_HTML)));
		return http.build();
	}

	private static void letUsersChooseAmongTheirOrganizations(List<AuthenticationProvider> providers,
			Memberships memberships) {
		for (AuthenticationProvider provider : providers) {
			if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider authorizationRequests) {
				authorizationRequests
					.setAuthenticationValidator(new OAuth2AuthorizationCodeRequestAuthenticationValidator()
						.andThen(new OrganizationChoice(memberships)));
			}
		}
	}

	@Bean
	@Order(2)
	static SecurityFilterChain loginPagesChain(HttpSecurity http, @Value("${issuer.app}") String app,
			@Value("${issuer.web}") String web) {
		http.authorizeHttpRequests((requests) -> {
			requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
			requests.requestMatchers("/issuer.css").permitAll();
			requests.anyRequest().authenticated();
		});
		http.formLogin((form) -> form.loginPage(LoginPages.LOGIN).permitAll());
		// Browsers apply form-action to redirects after the form as well: the last one
		// leads to one of the applications.
		http.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(
				"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' "
						+ app + " " + web)));
		return http.build();
	}

}
