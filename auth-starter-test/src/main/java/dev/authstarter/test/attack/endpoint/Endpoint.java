package dev.authstarter.test.attack.endpoint;

import java.util.function.Consumer;

import dev.authstarter.access.HandlerDescription;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * One HTTP method and path of a handler, with everything that its mapping requires.
 *
 * @param name its name in reports, for example {@code GET /me}; the name of the handler
 * if it is not selected by a path
 * @param handler the handler
 * @param needs what it requires of its caller
 * @param method the HTTP method
 * @param path a path that the handler's pattern matches, encoded, or {@code null} if none
 * is known
 * @param headers the headers of every request to it
 * @param open whether it is meant for callers without a token
 * @param organization where requests name the organization that they are for
 */
public record Endpoint(String name, HandlerDescription handler, Needs needs, String method, @Nullable String path,
		Consumer<HttpHeaders> headers, boolean open, NamedBy organization) {

	/**
	 * Whether a token must name an organization to reach the handler.
	 */
	public boolean scoped() {
		return this.handler.organizationScoped() || this.organization == NamedBy.REQUEST;
	}

	/** Whether the handler is selected by a path. If not, no request can be made. */
	public boolean hasPattern() {
		return !this.handler.patterns().isEmpty();
	}

	/** The pattern of its path, if it has one. */
	public String pattern() {
		return this.name.substring(this.method.length() + 1);
	}

	/**
	 * What determines the organization of a request.
	 */
	public enum NamedBy {

		/** The path or a header, so that a token of another organization can be sent. */
		REQUEST,

		/** Only the token. */
		TOKEN,

		/** Something that the attacks cannot send, for example a subdomain. */
		OTHER

	}

}
