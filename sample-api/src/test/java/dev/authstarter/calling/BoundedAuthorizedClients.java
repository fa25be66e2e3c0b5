package dev.authstarter.calling;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientId;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;

/**
 * Keeps the tokens for other APIs for five minutes, at most ten thousand of them.
 */
class BoundedAuthorizedClients implements OAuth2AuthorizedClientService {

	private final Cache<OAuth2AuthorizedClientId, OAuth2AuthorizedClient> clients = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(Duration.ofMinutes(5))
		.build();

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String registration, String principal) {
		return (T) this.clients.getIfPresent(new OAuth2AuthorizedClientId(registration, principal));
	}

	@Override
	public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal) {
		String registration = client.getClientRegistration().getRegistrationId();
		this.clients.put(new OAuth2AuthorizedClientId(registration, principal.getName()), client);
	}

	@Override
	public void removeAuthorizedClient(String registration, String principal) {
		this.clients.invalidate(new OAuth2AuthorizedClientId(registration, principal));
	}

}
