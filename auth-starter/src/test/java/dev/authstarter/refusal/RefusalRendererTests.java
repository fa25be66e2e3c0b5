package dev.authstarter.refusal;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.event.FailureLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.MessageSource;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class RefusalRendererTests {

	private static final URI METADATA = URI.create("https://api.example/.well-known/oauth-protected-resource");

	private static final RefusalFormat FORMAT = new RefusalFormat("api", "urn:auth-starter:refusal:", null);

	private static final StaticMessageSource MESSAGES = new StaticMessageSource();

	private static final FailureLog FAILURES = new FailureLog(RefusalRendererTests.class, Clock.systemUTC());

	private final RefusalRenderer renderer = renderer(null);

	static List<Reason> reasons() {
		return Reason.builtIn();
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void rendersEveryReason(Reason reason) {
		RenderedRefusal rendered = this.renderer.render(Refusal.of(reason), Locale.ROOT, List.of());
		assertThat(rendered.status()).isEqualTo(reason.status());
		assertThat(rendered.headers().getFirst(HttpHeaders.CACHE_CONTROL)).isEqualTo("no-store");
		assertThat(rendered.headers().containsHeader(HttpHeaders.RETRY_AFTER)).isEqualTo(reason.status() == 503);
		assertThat(rendered.headers().containsHeader(HttpHeaders.WWW_AUTHENTICATE))
			.isEqualTo(reason.status() == 401 || reason.error() != null);
		assertThat(rendered.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(rendered.json())
			.startsWith("{\"type\":\"urn:auth-starter:refusal:%s\",\"title\":\"".formatted(reason.code()))
			.endsWith("\"status\":%d,\"reason\":\"%s\"}".formatted(reason.status(), reason.code()));
	}

	@Test
	void namesTheScopesThatAreNeeded() {
		RenderedRefusal rendered = this.renderer.render(
				new Refusal(Reason.INSUFFICIENT_SCOPE, List.of("read:notes", "write:notes")), Locale.ROOT, List.of());
		assertThat(rendered.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE)).startsWith("Bearer realm=\"api\"")
			.endsWith(", scope=\"read:notes write:notes\"");
		assertThat(rendered.json()).endsWith("\"required\":[\"read:notes\",\"write:notes\"]}");
	}

	@Test
	void namesNoScopeWhereRolesAreNeeded() {
		RenderedRefusal rendered = this.renderer.render(new Refusal(Reason.INSUFFICIENT_ROLE, List.of("editor")),
				Locale.ROOT, List.of());
		assertThat(rendered.headers().headerNames())
			.isEqualTo(Set.of(HttpHeaders.CACHE_CONTROL, HttpHeaders.CONTENT_TYPE));
		assertThat(rendered.json()).endsWith("\"required\":[\"editor\"]}");
	}

	@Test
	void saysWhereTheMetadataIs() {
		assertThat(renderer(METADATA).render(Refusal.of(Reason.MISSING_TOKEN), Locale.ROOT, List.of())
			.headers()
			.getFirst(HttpHeaders.WWW_AUTHENTICATE))
			.isEqualTo("Bearer realm=\"api\", resource_metadata=\"%s\"", METADATA);
	}

	@Test
	void namesTheRealmAndTypesOfTheApplication() {
		RenderedRefusal rendered = new RefusalRenderer(
				new RefusalFormat("clinic", "https://api.example/problems/", null), MESSAGES, null, List.of(), FAILURES)
			.render(Refusal.of(Reason.MISSING_TOKEN), Locale.ROOT, List.of());
		assertThat(rendered.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Bearer realm=\"clinic\"");
		assertThat(rendered.json()).startsWith("{\"type\":\"https://api.example/problems/missing_token\"");
	}

	@Test
	void leavesTypesOut() {
		RenderedRefusal rendered = new RefusalRenderer(new RefusalFormat("api", "about:blank", null), MESSAGES, null,
				List.of(), FAILURES)
			.render(Refusal.of(Reason.MISSING_TOKEN), Locale.ROOT, List.of());
		assertThat(rendered.json()).startsWith("{\"type\":\"about:blank\"").contains("\"reason\":\"missing_token\"");
	}

	@Test
	void translatesTitlesAndNothingElse() {
		MESSAGES.addMessage("token_expired", Locale.GERMAN, "Das Token ist abgelaufen.");
		RenderedRefusal rendered = this.renderer.render(Refusal.of(Reason.TOKEN_EXPIRED), Locale.GERMAN, List.of());
		assertThat(rendered.json()).contains("\"title\":\"Das Token ist abgelaufen.\"");
		assertThat(rendered.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE))
			.contains(Reason.TOKEN_EXPIRED.description());
		assertThat(this.renderer.render(Refusal.of(Reason.TOKEN_EXPIRED), Locale.FRENCH, List.of()).json())
			.contains(Reason.TOKEN_EXPIRED.description());
	}

	@Test
	void keepsTitlesWhereMessagesFailOrRepeatTheirKeys() {
		StaticMessageSource echo = new StaticMessageSource();
		echo.setUseCodeAsDefaultMessage(true);
		MessageSource failing = mock(MessageSource.class, (call) -> {
			throw new IllegalStateException("on purpose");
		});
		for (MessageSource messages : List.of(echo, failing)) {
			assertThat(new RefusalRenderer(FORMAT, messages, null, List.of(), FAILURES)
				.render(Refusal.of(Reason.TOKEN_EXPIRED), Locale.ROOT, List.of())
				.json()).contains("\"title\":\"" + Reason.TOKEN_EXPIRED.description());
		}
	}

	private static RefusalRenderer renderer(@Nullable URI metadata) {
		return new RefusalRenderer(new RefusalFormat("api", "urn:auth-starter:refusal:", metadata), MESSAGES, null,
				List.of(), FAILURES);
	}

}
