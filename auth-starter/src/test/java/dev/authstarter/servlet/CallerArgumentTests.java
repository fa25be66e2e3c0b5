package dev.authstarter.servlet;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The caller as an argument of controllers, over HTTP, independent of the content of the
 * request.
 */
@ApiTest(value = CallerArgumentTests.Api.class, properties = "auth-starter.public-paths=/public/**")
class CallerArgumentTests {

	private static final String SPELLED = "id=org_globex&name=x&roles=owner&permissions=all&subject=admin&issuer=x"
			+ "&caller=MACHINE&type=MACHINE&organization=org_globex&organization.id=org_globex&_claims=on&_scopes=on";

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@ParameterizedTest
	@CsvSource({ "/direct, auth0|42 org_acme [] USER", "/optional, auth0|42 org_acme [] USER",
			"/nullable, auth0|42 org_acme USER", "/generic, org_acme", "/model, auth0|42 org_acme",
			"/stock, auth0|42 auth0|42 auth0|42 auth0|42" })
	void saysWhatTheTokenSays(String path, String expected) {
		assertThat(get(path).body()).isEqualTo(expected);
		assertThat(get(path + "?" + SPELLED).body()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/direct", "/optional", "/nullable", "/generic" })
	void readsNoForm(String path) {
		HttpResponse<String> response = this.http.send(this.http.request(path)
			.header("Authorization", "Bearer " + this.valid.signed())
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(SPELLED)));
		assertThat(response.body()).contains("org_acme").doesNotContain("org_globex");
	}

	@Test
	void saysThatMachineCalls() {
		assertThat(this.http.getWithToken("/direct", this.valid.with("sub", "clinic-spa").signed()).body())
			.endsWith("MACHINE");
	}

	@ParameterizedTest
	@CsvSource({ "/public/optional, 200, none none none", "/public/nullable, 200, null null null",
			"/public/token, 401, missing_token", "/public/organization, 401, missing_token",
			"/public/type, 401, missing_token" })
	void leavesOutWhatUnauthenticatedClientsDoNotHave(String path, int status, String expected) {
		HttpResponse<String> response = this.http.get(path + "?" + SPELLED);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains(expected);
	}

	@Test
	void leavesOutOrganizationOfTokenWithout() {
		String token = this.valid.without("org_id").signed();
		assertThat(this.http.getWithToken("/public/optional", token).body()).isEqualTo("auth0|42 none USER");
		assertThat(this.http.answer("/direct", token)).isEqualTo("403 organization_missing");
	}

	@Test
	void handsThemToExceptionHandlers() {
		HttpResponse<String> response = get("/fails/here?" + SPELLED);
		assertThat(response.statusCode()).isEqualTo(422);
		assertThat(response.body()).isEqualTo("auth0|42 org_acme USER");
	}

	/** No declared type shows that the model has a form with an organization. */
	@Test
	void convertsNoTextIntoOrganization() {
		assertThat(get("/form?title=x").body()).isEqualTo("x null []");
		assertThat(get("/form?title=x&organization=org_globex").statusCode()).isEqualTo(400);
		assertThat(get("/form?title=x&organizations=org_globex").statusCode()).isEqualTo(400);
		assertThat(get("/form?title=x&organizations[0]=org_globex").statusCode()).isEqualTo(400);
		assertThat(get("/form?title=x&organization.id=org_globex").body()).isEqualTo("x null []");
	}

	private HttpResponse<String> get(String path) {
		return this.http.getWithToken(path, this.valid.signed());
	}

	/**
	 * An API with every kind of caller argument.
	 */
	@Import({ TestApi.class, Arguments.class, Generic.class, Models.class, Forms.class })
	static class Api {

	}

	@RestController
	static class Arguments {

		@GetMapping("/direct")
		String direct(AccessToken token, Organization organization, CallerType caller) {
			return "%s %s %s %s".formatted(token.subject(), organization.id(), organization.roles(), caller);
		}

		@PostMapping("/direct")
		String post(AccessToken token, Organization organization, CallerType caller) {
			return direct(token, organization, caller);
		}

		@GetMapping("/optional")
		String optional(Optional<AccessToken> token, Optional<Organization> organization, Optional<CallerType> caller) {
			return direct(token.orElseThrow(), organization.orElseThrow(), caller.orElseThrow());
		}

		@PostMapping("/optional")
		String postOptional(Optional<AccessToken> token, Optional<Organization> organization,
				Optional<CallerType> caller) {
			return optional(token, organization, caller);
		}

		@GetMapping("/nullable")
		String nullable(@Nullable AccessToken token, @jakarta.annotation.Nullable Organization organization,
				@Nullable CallerType caller) {
			return "%s %s %s".formatted((token != null) ? token.subject() : null,
					(organization != null) ? organization.id() : null, caller);
		}

		@PostMapping("/nullable")
		String postNullable(@Nullable AccessToken token, @Nullable Organization organization,
				@Nullable CallerType caller) {
			return nullable(token, organization, caller);
		}

		@GetMapping("/stock")
		String stock(@AuthenticationPrincipal Jwt jwt, JwtAuthenticationToken token, Authentication authentication,
				Principal principal) {
			return "%s %s %s %s".formatted(jwt.getSubject(), token.getName(), authentication.getName(),
					principal.getName());
		}

		@GetMapping("/public/optional")
		String publicOptional(Optional<AccessToken> token, Optional<Organization> organization,
				Optional<CallerType> caller) {
			return "%s %s %s".formatted(token.map(AccessToken::subject).orElse("none"),
					organization.map(Organization::id).orElse("none"), caller.map(CallerType::name).orElse("none"));
		}

		@GetMapping("/public/nullable")
		String publicNullable(@Nullable AccessToken token, @Nullable Organization organization,
				@Nullable CallerType caller) {
			return nullable(token, organization, caller);
		}

		@GetMapping("/public/token")
		String publicToken(AccessToken token) {
			return token.subject();
		}

		@GetMapping("/public/organization")
		String publicOrganization(Organization organization) {
			return organization.id();
		}

		@GetMapping("/public/type")
		String publicType(CallerType caller) {
			return caller.name();
		}

		@GetMapping("/fails/{where}")
		void fail(@PathVariable String where) {
			throw new UnsupportedOperationException(where);
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
		String failed(UnsupportedOperationException failure, AccessToken token, Optional<Organization> organization,
				@Nullable CallerType caller) {
			return "%s %s %s".formatted(token.subject(), organization.orElseThrow().id(), caller);
		}

	}

	static class Crud<T> {

		@GetMapping("/generic")
		String get(T organization) {
			return ((Organization) organization).id();
		}

		@PostMapping("/generic")
		String post(Optional<T> organization) {
			return get(organization.orElseThrow());
		}

	}

	@RestController
	static class Generic extends Crud<Organization> {

	}

	@RestController
	static class Models {

		@ModelAttribute
		void prepare(AccessToken token, Optional<Organization> organization, Model model) {
			model.addAttribute("caller", token.subject() + " " + organization.orElseThrow().id());
		}

		@GetMapping("/model")
		Object get(Model model) {
			return String.valueOf(model.getAttribute("caller"));
		}

	}

	@RestController
	static class Forms {

		@ModelAttribute("form")
		Object form() {
			return new Form();
		}

		@GetMapping("/form")
		String get(@ModelAttribute("form") Object form) {
			Form bound = (Form) form;
			return "%s %s %s".formatted(bound.title, bound.organization, bound.organizations);
		}

	}

	static class Form {

		private @Nullable String title;

		private @Nullable Organization organization;

		private List<Organization> organizations = new ArrayList<>();

		public void setTitle(String title) {
			this.title = title;
		}

		public void setOrganization(Organization organization) {
			this.organization = organization;
		}

		public void setOrganizations(List<Organization> organizations) {
			this.organizations = organizations;
		}

		public List<Organization> getOrganizations() {
			return this.organizations;
		}

	}

}
