package dev.authstarter.refusal;

import java.net.URI;
import java.util.List;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalRendererTests {

	private static final URI METADATA = URI.create("https://api.example/.well-known/oauth-protected-resource");

	private final RefusalRenderer renderer = new RefusalRenderer(null);

	@ParameterizedTest
	@EnumSource
	void rendersEveryReason(Reason reason) {
		RenderedRefusal rendered = this.renderer.render(Refusal.of(reason));
		assertThat(rendered.status()).isEqualTo(reason.status());
		assertThat(rendered.headers().getFirst(HttpHeaders.CACHE_CONTROL)).isEqualTo("no-store");
		assertThat(rendered.headers().containsHeader(HttpHeaders.RETRY_AFTER)).isEqualTo(reason.status() == 503);
		assertThat(rendered.headers().containsHeader(HttpHeaders.WWW_AUTHENTICATE))
			.isEqualTo(reason.status() == 401 || reason.error() != null);
		assertThat(rendered.body().getTitle()).isEqualTo(reason.description());
		assertThat(rendered.json())
			.startsWith("{\"type\":\"https://authstarter.dev/refusals#%s\",\"title\":\"".formatted(reason.code()))
			.endsWith("\"status\":%d,\"reason\":\"%s\"}".formatted(reason.status(), reason.code()));
	}

	@Test
	void namesTheScopesThatAreNeeded() {
		RenderedRefusal rendered = this.renderer
			.render(new Refusal(Reason.INSUFFICIENT_SCOPE, List.of("read:notes", "write:notes")));
		assertThat(rendered.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE)).startsWith("Bearer realm=\"api\"")
			.endsWith(", scope=\"read:notes write:notes\"");
		assertThat(rendered.json()).endsWith("\"required\":[\"read:notes\",\"write:notes\"]}");
	}

	@Test
	void namesNoScopeWhereRolesAreNeeded() {
		RenderedRefusal rendered = this.renderer.render(new Refusal(Reason.INSUFFICIENT_ROLE, List.of("editor")));
		assertThat(rendered.headers().headerNames()).isEqualTo(Set.of(HttpHeaders.CACHE_CONTROL));
		assertThat(rendered.json()).endsWith("\"required\":[\"editor\"]}");
	}

	@Test
	void saysWhereTheMetadataIs() {
		assertThat(new RefusalRenderer(METADATA).render(Refusal.of(Reason.MISSING_TOKEN))
			.headers()
			.getFirst(HttpHeaders.WWW_AUTHENTICATE))
			.isEqualTo("Bearer realm=\"api\", resource_metadata=\"%s\"", METADATA);
	}

}
