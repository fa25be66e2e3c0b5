package dev.authstarter.test.attack.endpoint;

import java.util.function.Consumer;

import dev.authstarter.access.HandlerDescription;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * One HTTP method and path of a handler, with everything that its mapping demands.
 *
 * @param name what a report calls it, for example {@code GET /me}
 * @param handler the handler
 * @param needs what it demands of its caller
 * @param method the HTTP method
 * @param path a path that the handler's pattern matches, encoded, or {@code null} if none
 * is known
 * @param headers what every request to it carries
 * @param open whether it is meant for callers without a token
 * @param organization where requests name the organization that they are for
 */
public record Endpoint(String name, HandlerDescription handler, Needs needs, String method, @Nullable String path,
		Consumer<HttpHeaders> headers, boolean open, NamedBy organization) {

	/**
	 * Whether a token has to name an organization to get here.
	 */
	public boolean scoped() {
		return this.handler.organizationScoped() || this.organization == NamedBy.REQUEST;
	}

	/** The pattern of its path. */
	public String pattern() {
		return this.name.substring(this.method.length() + 1);
	}

	/**
	 * Who says which organization a request is for.
	 */
	public enum NamedBy {

		/** The path or a header: a token of another one can be sent. */
		REQUEST,

		/** The token alone. */
		TOKEN,

		/** Something that a made up request cannot have, for example a subdomain. */
		OTHER

	}

}
