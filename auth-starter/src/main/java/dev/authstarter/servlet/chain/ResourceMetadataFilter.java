package dev.authstarter.servlet.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Publishes what a client needs to get a token for this API. Stands before Spring
 * Security, because who asks has no token yet, and answers with what is configured,
 * whatever host the request names.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728 section 3</a>
 */
public final class ResourceMetadataFilter extends OncePerRequestFilter {

	private final String resource;

	private final TrustedIssuers issuers;

	private final Supplier<Set<String>> scopes;

	public ResourceMetadataFilter(String resource, TrustedIssuers issuers, Supplier<Set<String>> scopes) {
		this.resource = resource;
		this.issuers = issuers;
		this.scopes = scopes;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !HttpMethod.GET.matches(request.getMethod()) && !HttpMethod.HEAD.matches(request.getMethod());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		byte[] body = JSONObjectUtils.toJSONString(metadata()).getBytes(StandardCharsets.UTF_8);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(body.length);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
		// It is public and the same for everybody, clients in browsers included.
		response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
		response.setHeader("X-Content-Type-Options", "nosniff");
		if (HttpMethod.GET.matches(request.getMethod())) {
			response.getOutputStream().write(body);
		}
	}

	private Map<String, Object> metadata() {
		List<String> servers = new ArrayList<>();
		for (TrustedIssuer issuer : this.issuers) {
			// A template is no place to go to.
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
		return metadata;
	}

}
