package dev.authstarter.sample.web;

import java.time.Duration;

import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HttpSessionMutexListener;

import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.oauth2.client.web.client.RequestAttributeClientRegistrationIdResolver.clientRegistrationId;

/**
 * The web application's own context: a confidential client with authorization code, PKCE
 * and refresh tokens. It is not a {@code @Configuration}, so that the API's component
 * scan does not find it, and it lists its auto-configurations explicitly, so that those
 * of the API do not apply.
 */
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class, SecurityAutoConfiguration.class,
		ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
		OAuth2ClientAutoConfiguration.class, OAuth2ClientWebSecurityAutoConfiguration.class,
		JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class, HttpClientAutoConfiguration.class,
		ImperativeHttpClientAutoConfiguration.class, RestClientAutoConfiguration.class })
class WebApplicationConfiguration {

	/** Its registration at the issuer, in {@code clinic-web.yml}. */
	static final String REGISTRATION = "clinic-web";

	/** The tokens of a user are in the session, so a logout removes them. */
	@Bean
	static OAuth2AuthorizedClientRepository authorizedClients() {
		return new HttpSessionOAuth2AuthorizedClientRepository();
	}

	/** What the requests of a session lock. */
	@Bean
	static HttpSessionMutexListener sessionMutex() {
		return new HttpSessionMutexListener();
	}

	/** For the login, which looks for a bean of this type. */
	@Bean
	static RestClientAuthorizationCodeTokenResponseClient authorizationCodeTokens(RestClient.Builder http) {
		RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
		client.setRestClient(tokenEndpoint(http));
		return client;
	}

	/**
	 * Uses the timeouts of {@code spring.http.clients}, because an issuer may not answer.
	 */
	private static RestClient tokenEndpoint(RestClient.Builder http) {
		return http
			.configureMessageConverters((converters) -> converters.disableDefaults()
				.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build();
	}

	@Bean
	static OAuth2AuthorizedClientManager authorizedClientManager(ClientRegistrationRepository registrations,
			OAuth2AuthorizedClientRepository authorizedClients, ApplicationEventPublisher events,
			RestClient.Builder http, @Value("${clinic-web.renew-before}") Duration renewBefore) {
		RefreshTokenOAuth2AuthorizedClientProvider refresh = new RefreshTokenOAuth2AuthorizedClientProvider();
		RestClientRefreshTokenTokenResponseClient client = new RestClientRefreshTokenTokenResponseClient();
		client.setRestClient(tokenEndpoint(http));
		refresh.setAccessTokenResponseClient(client);
		refresh.setClockSkew(renewBefore);
		// The issuer sends a new ID token, too, which the logout needs.
		refresh.setApplicationEventPublisher(events);
		DefaultOAuth2AuthorizedClientManager manager = new DefaultOAuth2AuthorizedClientManager(registrations,
				authorizedClients);
		manager.setAuthorizedClientProvider(
				OAuth2AuthorizedClientProviderBuilder.builder().authorizationCode().provider(refresh).build());
		return new SessionTokens(manager);
	}

	@Bean
	static RouterFunction<ServerResponse> appointmentPages(RestClient.Builder http,
			OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientRepository authorizedClients,
			@Value("${clinic-web.api}") String api) {
		OAuth2ClientHttpRequestInterceptor interceptor = new OAuth2ClientHttpRequestInterceptor(manager);
		// A token that the API refuses is removed and not sent again.
		interceptor.setAuthorizationFailureHandler(
				OAuth2ClientHttpRequestInterceptor.authorizationFailureHandler(authorizedClients));
		return new AppointmentPages(new ClinicApi(http.baseUrl(api)
			.requestInterceptor(interceptor)
			.defaultRequest((request) -> request.attributes(clientRegistrationId(REGISTRATION)))
			.build())).routes();
	}

	@Bean
	static SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository registrations,
			@Value("${clinic-web.issuer}") String issuer) {
		OidcClientInitiatedLogoutSuccessHandler atTheIssuer = new OidcClientInitiatedLogoutSuccessHandler(
				registrations);
		atTheIssuer.setPostLogoutRedirectUri("{baseUrl}/");
		http.authorizeHttpRequests((requests) -> {
			// Tomcat dispatches to /error to show what went wrong. Callers do not request
			// it themselves.
			requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
			requests.requestMatchers("/error").denyAll();
			requests.requestMatchers("/*.css").permitAll();
			requests.anyRequest().authenticated();
		});
		// The ID token says who the user is. The access token is for the API only, so the
		// issuer's UserInfo endpoint would not accept it.
		OidcUserService users = new OidcUserService();
		users.setRetrieveUserInfo((request) -> false);
		http.oauth2Login((login) -> {
			login.userInfoEndpoint((userInfo) -> userInfo.oidcUserService(users));
			// There is one page. The request that led to the login may have been a form.
			login.defaultSuccessUrl("/", true);
		});
		// A form of a session that has expired has no token to compare with.
		http.sessionManagement((sessions) -> sessions.invalidSessionUrl("/"));
		http.oauth2Client(withDefaults());
		http.addFilterBefore(SessionTokens::logOut, LogoutFilter.class);
		http.logout((logout) -> logout.logoutSuccessHandler(atTheIssuer));
		// The logout form is redirected to the issuer.
		http.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy
			.policyDirectives("default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
					+ "form-action 'self' " + issuer)));
		return http.build();
	}

}
