package dev.authstarter.calling;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientId;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;

/**
 * Keeps the tokens for other APIs for five minutes, at most ten thousand of them.
 */
class BoundedReactiveAuthorizedClients implements ReactiveOAuth2AuthorizedClientService {

	private final Cache<OAuth2AuthorizedClientId, OAuth2AuthorizedClient> clients = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(Duration.ofMinutes(5))
		.build();

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T extends OAuth2AuthorizedClient> Mono<T> loadAuthorizedClient(String registration, String principal) {
		OAuth2AuthorizedClientId id = new OAuth2AuthorizedClientId(registration, principal);
		return Mono.fromSupplier(() -> (T) this.clients.getIfPresent(id));
	}

	@Override
	public Mono<Void> saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal) {
		String registration = client.getClientRegistration().getRegistrationId();
		OAuth2AuthorizedClientId id = new OAuth2AuthorizedClientId(registration, principal.getName());
		return Mono.fromRunnable(() -> this.clients.put(id, client));
	}

	@Override
	public Mono<Void> removeAuthorizedClient(String registration, String principal) {
		return Mono.fromRunnable(() -> this.clients.invalidate(new OAuth2AuthorizedClientId(registration, principal)));
	}

}
