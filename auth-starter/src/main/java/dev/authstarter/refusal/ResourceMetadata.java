package dev.authstarter.refusal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The metadata that a client needs to get a token for this API, for Spring MVC and
 * WebFlux.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-2">RFC 9728 section 2</a>
 */
public final class ResourceMetadata {

	private final String resource;

	private final TrustedIssuers issuers;

	private final Supplier<Set<String>> scopes;

	/**
	 * Describe an API.
	 * @param resource the identifier of the API
	 * @param issuers the issuers of its tokens
	 * @param scopes supplies the scopes that its handlers require; called for each
	 * response
	 */
	public ResourceMetadata(String resource, TrustedIssuers issuers, Supplier<Set<String>> scopes) {
		this.resource = resource;
		this.issuers = issuers;
		this.scopes = scopes;
	}

	/**
	 * Return the headers of the response. It is public and the same for all clients,
	 * including those in browsers.
	 * @return names and values
	 */
	public HttpHeaders headers() {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.set(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
		headers.set("X-Content-Type-Options", "nosniff");
		return headers;
	}

	/**
	 * Return the body of the response.
	 * @return a JSON object
	 */
	public String json() {
		List<String> servers = new ArrayList<>();
		for (TrustedIssuer issuer : this.issuers) {
			// A template is not the address of an authorization server.
			if (!TrustedIssuer.isTemplate(issuer.issuer())) {
				servers.add(issuer.issuer());
			}
		}
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("resource", this.resource);
		metadata.put("authorization_servers", servers);
		metadata.put("scopes_supported", List.copyOf(this.scopes.get()));
		metadata.put("bearer_methods_supported", List.of("header"));
		metadata.values().removeIf((value) -> value instanceof List<?> list && list.isEmpty());
		return JSONObjectUtils.toJSONString(metadata);
	}

}
