package dev.authstarter.test.issuer.local;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * The front ends in development that sign users in: their redirect URIs, and the origins
 * of their pages, which are the only ones that may read the issuer's answers (CORS).
 */
public final class FrontEnds {

	private static final String PROPERTY = "local-issuer.redirect-uris";

	/** Host names that are valid in a Content-Security-Policy; IPv6 addresses are not. */
	private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1");

	private static final Map<String, String> PREFLIGHT = Map.of("Access-Control-Allow-Methods", "GET, POST",
			"Access-Control-Allow-Headers", "Authorization, Content-Type");

	private final List<String> redirectUris;

	private final Set<String> origins = new LinkedHashSet<>();

	/**
	 * Read the front ends of the configuration.
	 * @param properties the configuration
	 * @throws InvalidConfigurationPropertyValueException if a redirect URI is not on the
	 * loopback host, there is no user, or a user or client is incomplete
	 */
	public FrontEnds(LocalIssuerProperties properties) {
		this.redirectUris = List.copyOf(properties.redirectUris());
		requireComplete(properties);
		this.redirectUris.forEach((uri) -> this.origins.add(origin(uri)));
		if (!this.redirectUris.isEmpty() && properties.users().isEmpty()) {
			throw new InvalidConfigurationPropertyValueException(PROPERTY, this.redirectUris,
					"It needs 'local-issuer.users': without them, no user can sign in.");
		}
	}

	private static void requireComplete(LocalIssuerProperties properties) {
		properties.users()
			.forEach((name, user) -> requireOrganization("local-issuer.users." + name, user.organization(),
					user.organizationRoles()));
		properties.clients().forEach((id, client) -> {
			String prefix = "local-issuer.clients." + id;
			requireOrganization(prefix, client.organization(), client.organizationRoles());
			if (!StringUtils.hasText(client.secret())) {
				throw new InvalidConfigurationPropertyValueException(prefix + ".secret", client.secret(),
						"A client needs a secret.");
			}
		});
	}

	private static void requireOrganization(String prefix, @Nullable String organization, List<String> roles) {
		if (organization == null && !roles.isEmpty()) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".organization-roles", roles,
					"Roles in an organization need '%s.organization'.".formatted(prefix));
		}
	}

	private static String origin(String text) {
		try {
			URI uri = URI.create(text);
			boolean loopback = "http".equals(uri.getScheme()) && HOSTS.contains(String.valueOf(uri.getHost()))
					&& uri.getRawUserInfo() == null && uri.getRawFragment() == null && text.equals(uri.toASCIIString());
			if (loopback && StringUtils.hasText(uri.getRawPath())) {
				return "http://" + uri.getRawAuthority();
			}
		}
		catch (IllegalArgumentException ex) {
			// Refused below, like the URI of another host.
		}
		throw new InvalidConfigurationPropertyValueException(PROPERTY, text,
				"It must be http://localhost:<port>/<path> or http://127.0.0.1:<port>/<path>, without a fragment.");
	}

	/**
	 * Return whether users can sign in.
	 */
	public boolean exist() {
		return !this.redirectUris.isEmpty();
	}

	/**
	 * Return whether codes may be sent to this URI: the text must be the same (RFC 9700
	 * section 2.1).
	 */
	boolean redirectTo(String redirectUri) {
		return this.redirectUris.contains(redirectUri);
	}

	Set<String> origins() {
		return Set.copyOf(this.origins);
	}

	/** Answer the preflight request of a browser. */
	Answer preflight(FormRequest request) {
		return isFrontEnd(request) ? Answer.status(204).withHeaders(PREFLIGHT) : Page.notAllowed("GET, POST");
	}

	/** Allow the page of a front end to read an answer. */
	Answer share(FormRequest request, Answer answer) {
		Answer varied = answer.withHeaders(Map.of("Vary", "Origin"));
		String origin = request.onlyHeader("Origin");
		return (origin != null && isFrontEnd(request))
				? varied.withHeaders(Map.of("Access-Control-Allow-Origin", origin)) : varied;
	}

	private boolean isFrontEnd(FormRequest request) {
		String origin = request.onlyHeader("Origin");
		return origin != null && this.origins.contains(origin);
	}

}
