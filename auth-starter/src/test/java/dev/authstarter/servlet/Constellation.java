package dev.authstarter.servlet;

import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Filter chains that an application may declare.
 */
enum Constellation {

	NONE(None.class, false),

	ACTUATOR_ALONE(ActuatorAlone.class, false),

	API_AND_LOGIN(ApiAndLogin.class, true),

	ANY_WITH_TOKENS(AnyWithTokens.class, false),

	ANY_WITHOUT_TOKENS(AnyWithoutTokens.class, true),

	ANY_WITH_BOTH(AnyWithBoth.class, true),

	ANY_BY_PATTERN(AnyByPattern.class, false),

	DISJOINT(Disjoint.class, true),

	IGNORING(Ignoring.class, false),

	FIRST_AND_OPEN(FirstAndOpen.class, false),

	LAST(Last.class, true),

	AUTHORIZATION_SERVER(AuthorizationServer.class, true),

	BY_HEADER(ByHeader.class, true),

	BY_METHOD(ByMethod.class, false),

	OWN_TYPE(OwnType.class, false),

	ADDED_BY_CUSTOMIZER(AddedByCustomizer.class, true),

	CUSTOMIZED(Customized.class, false),

	OWN_FILTER(OwnFilter.class, true);

	private final Class<?> chains;

	private final boolean login;

	Constellation(Class<?> chains, boolean login) {
		this.chains = chains;
		this.login = login;
	}

	Class<?> chains() {
		return this.chains;
	}

	/** Whether a user may log in with a form. */
	boolean hasLogin() {
		return this.login;
	}

	private static SecurityFilterChain login(HttpSecurity http) {
		http.csrf(AbstractHttpConfigurer::disable);
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.formLogin(withDefaults());
		return http.build();
	}

	private static SecurityFilterChain tokens(HttpSecurity http) {
		http.csrf(AbstractHttpConfigurer::disable);
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
		return http.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class None {

	}

	@Configuration(proxyBeanMethods = false)
	static class ActuatorAlone {

		@Bean
		SecurityFilterChain actuator(HttpSecurity http) {
			http.securityMatcher(EndpointRequest.toAnyEndpoint());
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic(withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ApiAndLogin {

		@Bean
		@Order(1)
		SecurityFilterChain api(HttpSecurity http) {
			return tokens(http.securityMatcher("/api/**"));
		}

		@Bean
		@Order(2)
		SecurityFilterChain pages(HttpSecurity http) {
			return login(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnyWithTokens {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			return tokens(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnyWithoutTokens {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			return login(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnyWithBoth {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return login(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnyByPattern {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			return tokens(http.securityMatcher("/**"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Disjoint {

		@Bean
		@Order(1)
		SecurityFilterChain pages(HttpSecurity http) {
			return login(http.securityMatcher("/pages/**", "/login"));
		}

		@Bean
		@Order(2)
		SecurityFilterChain machines(HttpSecurity http) {
			http.securityMatcher("/machines/**");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic(withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Ignoring {

		@Bean
		WebSecurityCustomizer ignoredPages() {
			return (web) -> web.ignoring().requestMatchers("/pages/**");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FirstAndOpen {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityFilterChain pages(HttpSecurity http) {
			http.securityMatcher("/pages/**");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Last {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		SecurityFilterChain pages(HttpSecurity http) {
			return login(http.securityMatcher("/pages/**", "/login"));
		}

	}

	/** As Spring Boot declares them. */
	@Configuration(proxyBeanMethods = false)
	static class AuthorizationServer {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SecurityFilterChain protocol(HttpSecurity http) {
			return tokens(http.securityMatcher("/oauth2/**", "/userinfo", "/.well-known/**"));
		}

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE - 5)
		SecurityFilterChain users(HttpSecurity http) {
			return login(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByHeader {

		@Bean
		@Order(1)
		SecurityFilterChain clients(HttpSecurity http) {
			return tokens(http.securityMatcher((request) -> request.getHeader("Authorization") != null));
		}

		@Bean
		@Order(2)
		SecurityFilterChain browsers(HttpSecurity http) {
			return login(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByMethod {

		@Bean
		SecurityFilterChain posts(HttpSecurity http) {
			http.securityMatcher(PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/**"));
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic(withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnType {

		@Bean
		SecurityFilterChain pages() {
			return new SecurityFilterChain() {

				@Override
				public boolean matches(HttpServletRequest request) {
					return request.getRequestURI().startsWith("/pages/");
				}

				@Override
				public List<Filter> getFilters() {
					return List.of();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AddedByCustomizer {

		@Bean
		SecurityFilterChain machines(HttpSecurity http) {
			http.securityMatcher("/machines/**");
			return tokens(http);
		}

		@Bean
		WebSecurityCustomizer addedPages(HttpSecurity http) {
			SecurityFilterChain pages = login(http.securityMatcher("/pages/**", "/login"));
			return (web) -> web.addSecurityFilterChainBuilder(() -> pages);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customized {

		@Bean
		Customizer<HttpSecurity> openPages() {
			return (http) -> http
				.authorizeHttpRequests((requests) -> requests.requestMatchers("/pages/**").permitAll());
		}

	}

	/** Which might read tokens. */
	@Configuration(proxyBeanMethods = false)
	static class OwnFilter {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			http.addFilterBefore((request, response, chain) -> chain.doFilter(request, response),
					AuthorizationFilter.class);
			return login(http);
		}

	}

}
