package dev.authstarter.calling;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import dev.authstarter.reactive.ReactiveOrganization;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.RemoveAuthorizedClientReactiveOAuth2AuthorizationFailureHandler;
import org.springframework.security.oauth2.client.TokenExchangeReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.reactive.function.client.ServerOAuth2AuthorizedClientExchangeFilterFunction;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.reactive.function.client.ServerBearerExchangeFilterFunction;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The beans for WebFlux of {@code docs/calling-other-apis.md}.
 */
@Configuration(proxyBeanMethods = false)
class ReactiveCallingConfiguration {

	static WebClient.Builder only(URI origin) {
		HttpClient client = HttpClient.create()
			.followRedirect(false)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000)
			.responseTimeout(Duration.ofSeconds(10));
		return WebClient.builder()
			.baseUrl(origin.toString())
			.clientConnector(new ReactorClientHttpConnector(client))
			.filter((request, next) -> {
				URI called = request.url();
				if (!Objects.equals(origin.getScheme(), called.getScheme())
						|| !Objects.equals(origin.getAuthority(), called.getAuthority())) {
					return Mono.error(new IllegalArgumentException("This client calls " + origin + " alone"));
				}
				return next.exchange(request);
			});
	}

	@Bean
	ReactiveOAuth2AuthorizedClientService authorizedClients() {
		return new BoundedReactiveAuthorizedClients();
	}

	@Bean
	WebClient invoicesAsMachine(@Value("${invoices.origin}") URI origin,
			ReactiveClientRegistrationRepository registrations, ReactiveOAuth2AuthorizedClientService clients) {
		Authentication machine = new PreAuthenticatedAuthenticationToken("notes-api", "", List.of());
		ServerOAuth2AuthorizedClientExchangeFilterFunction token = filter(registrations, clients,
				ReactiveOAuth2AuthorizedClientProviderBuilder.builder().clientCredentials().build());
		token.setDefaultClientRegistrationId("invoices-machine");
		token.setPrincipalResolver((request) -> Mono.just(machine));
		return only(origin).filter(token).build();
	}

	@Bean
	WebClient invoicesForCaller(@Value("${invoices.origin}") URI origin,
			ReactiveClientRegistrationRepository registrations, ReactiveOAuth2AuthorizedClientService clients) {
		ServerOAuth2AuthorizedClientExchangeFilterFunction token = filter(registrations, clients,
				new TokenExchangeReactiveOAuth2AuthorizedClientProvider());
		token.setDefaultClientRegistrationId("invoices-exchange");
		token.setPrincipalResolver(ReactiveCallingConfiguration::presentedToken);
		return only(origin).filter(token).build();
	}

	private static ServerOAuth2AuthorizedClientExchangeFilterFunction filter(
			ReactiveClientRegistrationRepository registrations, ReactiveOAuth2AuthorizedClientService clients,
			ReactiveOAuth2AuthorizedClientProvider provider) {
		AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager(
				registrations, clients);
		manager.setAuthorizedClientProvider(provider);
		ServerOAuth2AuthorizedClientExchangeFilterFunction filter = new ServerOAuth2AuthorizedClientExchangeFilterFunction(
				manager);
		filter.setAuthorizationFailureHandler(
				new RemoveAuthorizedClientReactiveOAuth2AuthorizationFailureHandler((registration, principal,
						attributes) -> clients.removeAuthorizedClient(registration, principal.getName())));
		return filter;
	}

	/**
	 * The caller with a different name for each token, independent of the token's claims.
	 */
	private static Mono<Authentication> presentedToken(ClientRequest request) {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.ofType(JwtAuthenticationToken.class)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("There is no caller with a token to exchange")))
			.map((caller) -> new JwtAuthenticationToken(caller.getToken(), List.of(),
					sha256(caller.getToken().getTokenValue())));
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
	WebClient archive(@Value("${archive.origin}") URI origin) {
		return only(origin).filter(new ServerBearerExchangeFilterFunction()).build();
	}

	@Bean
	ExchangeFilterFunction actingOrganization(ReactiveOrganization organization) {
		return (request, next) -> organization.get()
			.flatMap((acting) -> next
				.exchange(ClientRequest.from(request).header("X-Organization-Id", acting.id()).build()));
	}

}
