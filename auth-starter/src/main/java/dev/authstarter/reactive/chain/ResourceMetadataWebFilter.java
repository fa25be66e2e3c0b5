package dev.authstarter.reactive.chain;

import java.nio.charset.StandardCharsets;

import dev.authstarter.refusal.ResourceMetadata;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Publishes the metadata that a client needs to get a token for this API. It comes before
 * Spring Security, because a client that reads the metadata has no token yet. The
 * response is as configured, whatever host the request names.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728 section 3</a>
 */
public final class ResourceMetadataWebFilter implements WebFilter, Ordered {

	/** Before Spring Security's own filter, whose order is -100. */
	private static final int ORDER = -101;

	private final String path;

	private final ResourceMetadata metadata;

	/**
	 * Publish metadata.
	 * @param path the path below the application's
	 * @param metadata the metadata
	 */
	public ResourceMetadataWebFilter(String path, ResourceMetadata metadata) {
		this.path = path;
		this.metadata = metadata;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpMethod method = exchange.getRequest().getMethod();
		if ((!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method))
				|| !exchange.getRequest().getPath().pathWithinApplication().value().equals(this.path)) {
			return chain.filter(exchange);
		}
		byte[] body = this.metadata.json().getBytes(StandardCharsets.UTF_8);
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		headers.putAll(this.metadata.headers());
		headers.setContentLength(body.length);
		return HttpMethod.HEAD.equals(method) ? response.setComplete()
				: response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

}
