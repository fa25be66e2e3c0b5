package dev.authstarter.sample.issuer;

import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The issuer's application context. It is no {@code @Configuration}, so that the API does
 * not find it when it scans for components, and it starts from a list of its own, so that
 * the API's auto-configuration does not reach it.
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
				"bob", List.of(Membership.inAcme("viewer")), "reminder-cron", List.of(Membership.inAcme())));
	}

	@Bean
	static AccessTokenClaims accessTokenClaims(@Value("${issuer.audience}") List<String> audience,
			Memberships memberships) {
		return new AccessTokenClaims(audience, memberships);
	}

	@Bean
	@Order(1)
	static SecurityFilterChain protocolEndpoints(HttpSecurity http, Memberships memberships) {
		http.oauth2AuthorizationServer((server) -> {
			http.securityMatcher(server.getEndpointsMatcher());
			server.oidc(withDefaults());
			server.authorizationEndpoint((endpoint) -> endpoint
				.authenticationProviders((providers) -> letUsersChooseAmongTheirOrganizations(providers, memberships)));
		});
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.exceptionHandling((exceptions) -> exceptions.defaultAuthenticationEntryPointFor(
				new LoginUrlAuthenticationEntryPoint("/login"), new MediaTypeRequestMatcher(MediaType.TEXT_HTML)));
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
	static SecurityFilterChain loginPage(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.formLogin(withDefaults());
		return http.build();
	}

}
