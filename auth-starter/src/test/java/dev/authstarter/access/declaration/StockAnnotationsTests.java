package dev.authstarter.access.declaration;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.RequiresScope;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security's annotations on handlers and beans are enforced, regardless of which
 * the application enables itself.
 */
class StockAnnotationsTests {

	private static @Nullable Class<?> running;

	private static @Nullable ConfigurableApplicationContext context;

	private final TestToken editor = TestToken.validAt(TestApi.NOW);

	private final TestToken viewer = this.editor.with("roles", List.of("viewer"));

	static Stream<Arguments> pathsAndRules() {
		return Stream.of(SwitchesOnNothing.class, SwitchesOnPrePost.class, SwitchesOnSecured.class, SwitchesOnAll.class)
			.flatMap((api) -> Stream.of(Arguments.of(api, "/rolesAllowed", "@RolesAllowed(editor, owner)"),
					Arguments.of(api, "/secured", "@Secured(ROLE_editor)"),
					Arguments.of(api, "/preAuthorize", "hasRole('editor')"),
					Arguments.of(api, "/postAuthorize", "@PostAuthorize(hasRole('editor'))"),
					Arguments.of(api, "/meta", "@RolesAllowed(editor)"), Arguments.of(api, "/beans/0", null),
					Arguments.of(api, "/beans/1", null), Arguments.of(api, "/beans/2", null),
					Arguments.of(api, "/beans/3", null)));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("pathsAndRules")
	void letsOnlyThoseCallWhoHaveTheRole(Class<?> api, String path, @Nullable String rule) {
		HttpCalls http = new HttpCalls(portOf(api));
		assertThat(http.get(path).statusCode()).isEqualTo(401);
		assertThat(http.answer(path, this.viewer.signed())).isEqualTo("403 access_denied");
		assertThat(http.answer(path, this.editor.signed())).isEqualTo("200");
		if (rule != null) {
			assertThat(handler(path).rule()).isEqualTo(rule);
		}
	}

	static Stream<Class<?>> apis() {
		return Stream.of(SwitchesOnNothing.class, SwitchesOnPrePost.class, SwitchesOnSecured.class,
				SwitchesOnAll.class);
	}

	@ParameterizedTest
	@MethodSource("apis")
	void deniesAndPermitsAll(Class<?> api) {
		HttpCalls http = new HttpCalls(portOf(api));
		assertThat(http.answer("/denyAll", this.editor.signed())).isEqualTo("403 access_denied");
		assertThat(handler("/denyAll").rule()).isEqualTo("@DenyAll");
		// The chain requires a token; the annotation requires nothing more.
		assertThat(http.get("/permitAll").statusCode()).isEqualTo(200);
		assertThat(http.answer("/permitAll", this.viewer.signed())).isEqualTo("200");
		assertThat(handler("/permitAll").rule()).isEqualTo("public");
		assertThat(http.answer("/type/denied", this.editor.signed())).isEqualTo("403 access_denied");
		assertThat(http.answer("/type/replaced", this.editor.signed())).isEqualTo("200");
	}

	@ParameterizedTest
	@MethodSource("apis")
	void combinesThemWithRules(Class<?> api) {
		HttpCalls http = new HttpCalls(portOf(api));
		HttpResponse<String> scopeless = http.getWithToken("/both", this.editor.with("scope", "other").signed());
		assertThat(HttpCalls.json(scopeless)).containsEntry("reason", "insufficient_scope");
		assertThat(http.answer("/both", this.viewer.signed())).isEqualTo("403 access_denied");
		assertThat(http.answer("/both", this.editor.signed())).isEqualTo("200");
		assertThat(handler("/both").rule()).isEqualTo("scope read:notes; @RolesAllowed(editor)");
	}

	@ParameterizedTest
	@MethodSource("apis")
	void countsAsDeclaredWhatMayRefuse(Class<?> api) {
		portOf(api);
		for (String declared : List.of("/rolesAllowed", "/secured", "/preAuthorize", "/postAuthorize", "/meta",
				"/denyAll", "/permitAll", "/type/denied")) {
			assertThat(handler(declared).undeclared()).as(declared).isFalse();
		}
		assertThat(handler("/postFilter").undeclared()).as("refuses no caller").isTrue();
	}

	private static HandlerDescription handler(String path) {
		assertThat(context).isNotNull();
		return context.getBean(HandlerInventory.class)
			.handlers()
			.stream()
			.filter((handler) -> handler.patterns().contains(path))
			.findFirst()
			.orElseThrow();
	}

	/** One application at a time. */
	private static int portOf(Class<?> api) {
		if (running != api) {
			stop();
			context = new SpringApplicationBuilder(api).run("--server.port=0",
					"--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE);
			running = api;
		}
		assertThat(context).isNotNull();
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@AfterAll
	static void stop() {
		if (context != null) {
			context.close();
		}
		context = null;
		running = null;
	}

	@Import({ TestApi.class, Handlers.class, TypeLevel.class, Desk.class, Roles.class, Security.class, Expression.class,
			ThroughInterface.class })
	static class SwitchesOnNothing {

	}

	@EnableMethodSecurity
	static class SwitchesOnPrePost extends SwitchesOnNothing {

	}

	@EnableMethodSecurity(prePostEnabled = false, securedEnabled = true)
	static class SwitchesOnSecured extends SwitchesOnNothing {

	}

	@EnableMethodSecurity(securedEnabled = true, jsr250Enabled = true)
	static class SwitchesOnAll extends SwitchesOnNothing {

	}

	@RolesAllowed("editor")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Editors {

	}

	@RestController
	static class Handlers {

		@GetMapping("/rolesAllowed")
		@RolesAllowed({ "editor", "owner" })
		public String rolesAllowed() {
			return "x";
		}

		@GetMapping("/secured")
		@Secured("ROLE_editor")
		String secured() {
			return "x";
		}

		@GetMapping("/preAuthorize")
		@PreAuthorize("hasRole('editor')")
		public String preAuthorize() {
			return "x";
		}

		@GetMapping("/postAuthorize")
		@PostAuthorize("hasRole('editor')")
		public String postAuthorize() {
			return "x";
		}

		@GetMapping("/meta")
		@Editors
		public String meta() {
			return "x";
		}

		@GetMapping("/denyAll")
		@DenyAll
		public String denyAll() {
			return "x";
		}

		@GetMapping("/permitAll")
		@PermitAll
		public String permitAll() {
			return "x";
		}

		@GetMapping("/both")
		@RequiresScope("read:notes")
		@RolesAllowed("editor")
		public String both() {
			return "x";
		}

		@GetMapping("/postFilter")
		@PostFilter("filterObject != 'y'")
		public List<String> postFilter() {
			return new ArrayList<>(List.of("x", "y"));
		}

	}

	@RestController
	@DenyAll
	static class TypeLevel {

		@GetMapping("/type/denied")
		public String denied() {
			return "x";
		}

		@GetMapping("/type/replaced")
		@RolesAllowed("editor")
		public String replaced() {
			return "x";
		}

	}

	/** Demands nothing itself. */
	@RestController
	static final class Desk {

		private final List<Reads> beans;

		Desk(List<Reads> beans) {
			this.beans = beans;
		}

		@GetMapping("/beans/{index}")
		String read(@PathVariable int index) {
			return this.beans.get(index).read();
		}

	}

	interface Reads {

		String read();

	}

	interface RuledReads extends Reads {

		@Override
		@RolesAllowed("editor")
		String read();

	}

	static class Roles implements Reads {

		@Override
		@RolesAllowed("editor")
		public String read() {
			return "x";
		}

	}

	static class Security implements Reads {

		@Override
		@Secured("ROLE_editor")
		public String read() {
			return "x";
		}

	}

	@PreAuthorize("hasRole('editor')")
	static class Expression implements Reads {

		@Override
		public String read() {
			return "x";
		}

	}

	static class ThroughInterface implements RuledReads {

		@Override
		public String read() {
			return "x";
		}

	}

}
