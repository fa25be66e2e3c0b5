package dev.authstarter.calling;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import dev.authstarter.CurrentOrganization;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.TokenExchangeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.client.RestClient;

/**
 * The beans of {@code docs/calling-other-apis.md}.
 */
@Configuration(proxyBeanMethods = false)
class CallingConfiguration {

	static RestClient.Builder only(URI origin) {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
		return RestClient.builder()
			.baseUrl(origin)
			.requestFactory(ClientHttpRequestFactoryBuilder.detect().build(settings))
			.requestInterceptor((request, body, execution) -> {
				URI called = request.getURI();
				if (!Objects.equals(origin.getScheme(), called.getScheme())
						|| !Objects.equals(origin.getAuthority(), called.getAuthority())) {
					throw new IllegalArgumentException("This client calls " + origin + " alone");
				}
				return execution.execute(request, body);
			});
	}

	@Bean
	OAuth2AuthorizedClientService authorizedClients() {
		return new BoundedAuthorizedClients();
	}

	@Bean
	RestClient invoicesAsMachine(@Value("${invoices.origin}") URI origin, ClientRegistrationRepository registrations,
			OAuth2AuthorizedClientService clients) {
		Authentication machine = new PreAuthenticatedAuthenticationToken("notes-api", "", List.of());
		OAuth2ClientHttpRequestInterceptor token = interceptor(registrations, clients,
				OAuth2AuthorizedClientProviderBuilder.builder().clientCredentials().build());
		token.setClientRegistrationIdResolver((request) -> "invoices-machine");
		token.setPrincipalResolver((request) -> machine);
		return only(origin).requestInterceptor(token).build();
	}

	@Bean
	RestClient invoicesForCaller(@Value("${invoices.origin}") URI origin, ClientRegistrationRepository registrations,
			OAuth2AuthorizedClientService clients) {
		OAuth2ClientHttpRequestInterceptor token = interceptor(registrations, clients,
				new TokenExchangeOAuth2AuthorizedClientProvider());
		token.setClientRegistrationIdResolver((request) -> "invoices-exchange");
		token.setPrincipalResolver(CallingConfiguration::presentedToken);
		return only(origin).requestInterceptor(token).build();
	}

	private static OAuth2ClientHttpRequestInterceptor interceptor(ClientRegistrationRepository registrations,
			OAuth2AuthorizedClientService clients, OAuth2AuthorizedClientProvider provider) {
		AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				registrations, clients);
		manager.setAuthorizedClientProvider(provider);
		OAuth2ClientHttpRequestInterceptor interceptor = new OAuth2ClientHttpRequestInterceptor(manager);
		interceptor
			.setAuthorizationFailureHandler(OAuth2ClientHttpRequestInterceptor.authorizationFailureHandler(clients));
		return interceptor;
	}

	/**
	 * The caller with a different name for each token, independent of the token's claims.
	 */
	private static Authentication presentedToken(HttpRequest request) {
		if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller)) {
			throw new IllegalStateException("There is no caller with a token to exchange");
		}
		return new JwtAuthenticationToken(caller.getToken(), List.of(), sha256(caller.getToken().getTokenValue()));
	}

	private static String sha256(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Bean
	RestClient archive(@Value("${archive.origin}") URI origin) {
		return only(origin).requestInterceptor((request, body, execution) -> {
			if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller)) {
				throw new IllegalStateException("There is no caller whose token could be sent");
			}
			request.getHeaders().setBearerAuth(caller.getToken().getTokenValue());
			return execution.execute(request, body);
		}).build();
	}

	@Bean
	ClientHttpRequestInterceptor actingOrganization(CurrentOrganization organization) {
		return (request, body, execution) -> {
			request.getHeaders().set("X-Organization-Id", organization.get().id());
			return execution.execute(request, body);
		};
	}

}
