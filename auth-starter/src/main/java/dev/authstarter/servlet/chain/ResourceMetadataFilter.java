package dev.authstarter.servlet.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.authstarter.refusal.ResourceMetadata;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Publishes the protected resource metadata, from which a client learns how to get a
 * token for this API. The filter runs before Spring Security, because these clients have
 * no token yet. The content is configured and does not depend on the host of the request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728 section 3</a>
 */
public final class ResourceMetadataFilter extends OncePerRequestFilter {

	private final ResourceMetadata metadata;

	public ResourceMetadataFilter(ResourceMetadata metadata) {
		this.metadata = metadata;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !HttpMethod.GET.matches(request.getMethod()) && !HttpMethod.HEAD.matches(request.getMethod());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		byte[] body = this.metadata.json().getBytes(StandardCharsets.UTF_8);
		this.metadata.headers().forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
		response.setContentLength(body.length);
		if (HttpMethod.GET.matches(request.getMethod())) {
			response.getOutputStream().write(body);
		}
	}

}
