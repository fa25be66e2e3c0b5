package dev.authstarter.access;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Service;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.StringUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * A handler that is declared public needs no token, and no other handler is reached
 * because of it.
 */
class PublicEndpointTests {

	private final TestToken good = TestToken.validAt(TestApi.NOW);

	private static ConfigurableApplicationContext api;

	@BeforeAll
	static void startApi() {
		api = start(Api.class, "auth-starter.public-paths=/listed/**", "auth-starter.rules[0].path=/by-rule",
				"auth-starter.rules[0].scopes=never");
	}

	@AfterAll
	static void stopApi() {
		api.close();
	}

	/**
	 * The answer to a caller without a token, one with a valid token and one with an
	 * invalid token.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GET  /catalog                | 200 catalog       | 200 catalog       | 401
			HEAD /catalog                | 200               | 200               | 401
			POST /catalog                | 401               | 200 added         | 401
			PUT  /catalog                | 401               | 405               | 401
			GET  /catalog/               | 401               | 404               | 401
			GET  /catalog/one            | 200 one           | 200 one           | 401
			GET  /catalog/secret         | 401               | 200 secret        | 401
			GET  /catalog/page           | 401               | 200 servlet       | 401
			GET  /catalog/file.txt       | 200 file.txt      | 200 file.txt      | 401
			GET  /any                    | 200 any           | 200 any           | 401
			DELETE /any                  | 200 any           | 200 any           | 401
			GET  /type/open              | 200 open          | 200 open          | 401
			GET  /type/closed            | 401               | 403               | 401
			GET  /type/stock             | 401               | 403               | 401
			GET  /over/open              | 200 over          | 200 over          | 401
			GET  /over/closed            | 401               | 403               | 401
			GET  /inherited              | 200 inherited     | 200 inherited     | 401
			GET  /typed                  | 200 typed         | 200 typed         | 401
			GET  /composed               | 200 composed      | 200 composed      | 401
			GET  /permit                 | 200 permit        | 200 permit        | 401
			GET  /permit/under           | 401               | 403               | 401
			GET  /bean                   | 200 bean          | 200 bean          | 401
			GET  /versioned              | 401               | 200 closed        | 401
			GET  /                       | 200 root          | 200 root          | 401
			GET  /stock                  | 401               | 403               | 401
			GET  /who                    | 200 anonymous     | 200 authenticated | 401
			GET  /by-rule                | 401               | 403               | 401
			GET  /nowhere                | 401               | 404               | 401
			GET  /forward?to=/catalog    | 200 catalog       | 200 catalog       | 401
			GET  /forward?to=/plain      | 401               | 200 plain         | 401
			GET  /forward?to=/catalog/secret | 401           | 200 secret        | 401
			GET  /forward?to=/catalog/page   | 401           | 200 servlet       | 401
			GET  /forward?to=/listed/a   | 200 listed        | 200 listed        | 401
			GET  /error-of?status=404    | 404               | 404               | 401
			GET  /inherited/own          | 401               | 200 own           | 401
			GET  /overridden             | 401               | 403               | 401
			GET  /overridden/by-type     | 401               | 403               | 401
			GET  /overridden/type        | 401               | 403               | 401
			GET  /permit-type            | 200 permitted     | 200 permitted     | 401
			GET  /permit-type/own        | 401               | 200 own           | 401
			GET  /bean/under             | 200 under         | 200 under         | 401
			GET  /dispatched?to=/dispatched%3Fmode%3Dadmin | 401 | 200 admin | 401
			GET  /later                  | 200 later         | 200 later         | 401
			GET  /dispatched?to=/plain   | 401               | 200 plain         | 401
			""")
	void isOpenAndOpensNothingElse(String request, String withoutToken, String good, String bad) {
		assertThat(answer(api, request, null)).isEqualTo(withoutToken);
		assertThat(answer(api, request, this.good.signed())).isEqualTo(good);
		assertThat(answer(api, request, "no-token")).isEqualTo(bad);
	}

	/** An included handler cannot set the status of the answer. */
	@ParameterizedTest
	@CsvSource({ "/plain, plain", "/catalog/secret, secret", "/catalog/page, servlet", "/type/closed, closed" })
	void doesNotIncludeWhatIsClosed(String path, String content) {
		assertThat(answer(api, "GET /include?to=/catalog", null)).isEqualTo("200 catalog");
		assertThat(answer(api, "GET /include?to=" + path, null)).doesNotContain(content).doesNotStartWith("5");
	}

	@Test
	void headersAndContentTypesLeadToNoOtherHandler() {
		assertThat(answer(api, "GET /versioned", null, "X-Version", "1")).isEqualTo("200 open");
		assertThat(answer(api, "GET /versioned", null, "X-Version", "2")).isEqualTo("401");
	}

	@ParameterizedTest
	@ValueSource(strings = { "authenticated", "deny", "fail-start" })
	void isDeclared(String undeclared) {
		try (ConfigurableApplicationContext started = start(OnlyPublic.class,
				"auth-starter.undeclared-handlers=" + undeclared)) {
			assertThat(answer(started, "GET /open", null)).isEqualTo("200 open");
			assertThat(answer(started, "GET /permitted", null)).isEqualTo("200 permitted");
		}
	}

	@Test
	void isListedAsPublic() {
		assertThat(api.getBean(HandlerInventory.class).handlers())
			.filteredOn(
					(handler) -> handler.patterns().contains("/permit") || handler.patterns().contains("/over/open"))
			.hasSize(2)
			.allSatisfy((handler) -> {
				assertThat(handler.open()).isTrue();
				assertThat(handler.rule()).isEqualTo("public");
			});
		assertThat(api.getBean(HandlerInventory.class).handlers())
			.filteredOn((handler) -> handler.patterns().contains("/stock"))
			.singleElement()
			.satisfies((handler) -> assertThat(handler.open()).isFalse());
	}

	@Test
	void isOpenBelowPathOfServlet() {
		try (ConfigurableApplicationContext started = start(OnlyPublic.class, "spring.mvc.servlet.path=/api",
				"server.servlet.context-path=/app")) {
			assertThat(answer(started, "GET /app/api/open", null)).isEqualTo("200 open");
			assertThat(answer(started, "GET /app/api/closed", null)).isEqualTo("401");
			// Boot has no other servlet: the container itself answers.
			assertThat(answer(started, "GET /app/open", null)).isIn("401", "404");
		}
	}

	@Test
	void doesNotOverruleChainOfTheApplication() {
		try (ConfigurableApplicationContext started = start(BehindOwnChain.class)) {
			assertThat(answer(started, "GET /open", null)).isEqualTo("401");
			assertThat(warnings(started)).singleElement(InstanceOfAssertFactories.STRING)
				.contains("Open#open is declared public, but the filter chain", "'ownChain'",
						"decides about GET of " + "'/open'");
			assertThat(answer(started, "GET /permitted", null)).isEqualTo("200 permitted");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { RuleOnMethod.class, RuleOnType.class, StockOnMethod.class, StockOnType.class,
			InheritedRule.class })
	void doesNotStandBesideRule(Class<?> api) {
		assertThatException().isThrownBy(() -> start(api))
			.havingRootCause()
			.isInstanceOf(AccessRuleException.class)
			.withMessageContaining("is declared public and has a rule");
	}

	@ParameterizedTest
	@ValueSource(classes = { OnService.class, OnServiceType.class, OnHelperMethod.class, OnQuery.class })
	void warnsWhereNoHandlerIs(Class<?> declaring) {
		try (ConfigurableApplicationContext started = start(declaring)) {
			assertThat(warnings(started)).singleElement(InstanceOfAssertFactories.STRING)
				.contains(declaring.getSimpleName(), "is declared public, which has no effect");
		}
	}

	@Test
	void warnsOfRulesThatCloseAndOfNothingThatIsOpen() {
		assertThat(warnings(api)).singleElement(InstanceOfAssertFactories.STRING)
			.contains("Catalog#byRule is declared public, but a rule requires a token");
	}

	private static List<String> warnings(ConfigurableApplicationContext started) {
		return started.getBean(HandlerInventory.class).warnings();
	}

	@ParameterizedTest
	@ValueSource(classes = { OrganizationInPath.class, CallerAsArgument.class, CallerTypeAsArgument.class,
			PermitAllWithOrganization.class })
	void stopsTheStartWhereTokenIsNeeded(Class<?> api) {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start(api, "auth-starter.organization.path-variables=org"))
			.withMessageContaining("is declared public but needs a token");
	}

	@Test
	void stopsTheStartWhereFilterChainCannotReadPattern() {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> start(AntPattern.class))
			.withMessageContaining("the filter chain cannot read that pattern")
			.withMessageContaining("/a/**/b");
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start(RestFirst.class, "spring.mvc.servlet.path=/api"))
			.withMessageContaining("/**/info");
		try (ConfigurableApplicationContext started = start(RestFirst.class)) {
			assertThat(answer(started, "GET /any/info", null)).isEqualTo("200 info");
		}
	}

	/** A caller that is authenticated in another way is permitted because of that. */
	@Test
	void changesNothingForThoseWhoAreAuthenticated() {
		try (ConfigurableApplicationContext started = start(WithBasic.class)) {
			String alice = "Basic " + Base64.getEncoder().encodeToString("alice:secret".getBytes(UTF_8));
			assertThat(answer(started, "GET /catalog/secret", null)).isEqualTo("401");
			assertThat(answer(started, "GET /catalog/secret", null, "Authorization", alice)).isEqualTo("200 secret");
			assertThat(answer(started, "GET /catalog/one", null, "Authorization", alice)).isEqualTo("200 one");
			assertThat(started.getBean(HandlerInventory.class).placements())
				.noneMatch((placement) -> placement.pattern().equals("/catalog/secret"));
		}
	}

	@Test
	void opensNothingOnThePortOfTheActuator() {
		try (ConfigurableApplicationContext started = start(OnlyPublic.class, "management.server.port=0")) {
			assertThat(answer(started, "GET /open", null)).isEqualTo("200 open");
			int port = started.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
			assertThat(new HttpCalls(port).get("/open").statusCode()).isEqualTo(401);
		}
	}

	/** It is unknown what permitted a dispatch that does not pass the chain. */
	@ParameterizedTest
	@ValueSource(classes = { WithIgnoredPaths.class, WithPermittedForwards.class })
	void refusesForwardThatTheChainDoesNotDecide(Class<?> forwarding) {
		try (ConfigurableApplicationContext started = start(forwarding)) {
			assertThat(answer(started, "GET /forward?to=/plain", null)).isEqualTo("401");
			assertThat(answer(started, "GET /forward?to=/plain", this.good.signed())).isEqualTo("200 plain");
		}
	}

	@Test
	void needsNoGuardsWhereOnlyChainsOfTheApplicationDecide() {
		try (ConfigurableApplicationContext started = start(UninterceptedBehindOwnChain.class)) {
			assertThat(answer(started, "GET /permitted", null)).isEqualTo("200 permitted");
		}
	}

	@Test
	void stopsTheStartWhereHandlersWithoutGuardCouldBeReached() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start(Unguarded.class, "spring.jersey.type=filter"))
			.withMessageContaining("which have no guard")
			.withMessageContaining("RestNotes");
	}

	private static String answer(ConfigurableApplicationContext started, String request, @Nullable String token,
			String... headers) {
		String[] parts = StringUtils.tokenizeToStringArray(request, " ");
		HttpCalls http = new HttpCalls(
				started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		HttpRequest.Builder builder = http.request(parts[1]).method(parts[0], HttpRequest.BodyPublishers.noBody());
		if (token != null) {
			builder.header("Authorization", "Bearer " + token);
		}
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		HttpResponse<String> response = http.send(builder);
		return (response.statusCode() != 200 || response.body().isEmpty()) ? String.valueOf(response.statusCode())
				: response.statusCode() + " " + response.body();
	}

	private static ConfigurableApplicationContext start(Class<?> api, String... properties) {
		return new SpringApplicationBuilder(api)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.properties(properties)
			.run();
	}

	/** The library as an application has it, and no handler. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Infrastructure {

	}

	/** Handlers of all kinds, public and not. */
	@Import({ Infrastructure.class, Catalog.class, OpenType.class, ClosedType.class, Inherited.class, Client.class,
			Permitted.class, Composed.class, Overriding.class, OverridingByType.class, OverridingType.class,
			PermittedContract.Api.class, Versions.class, RequestHandlerBean.class, RequestHandlerUnderRule.class,
			Dispatches.class, Administration.class })
	static class Api {

		@Bean
		ServletRegistrationBean<HttpServlet> page() {
			HttpServlet servlet = new HttpServlet() {
				@Override
				protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
					response.getWriter().print("servlet");
				}
			};
			return new ServletRegistrationBean<>(servlet, "/catalog/page");
		}

	}

	@RestController
	static class Catalog {

		@GetMapping
		@PublicEndpoint
		String root() {
			return "root";
		}

		@GetMapping("/stock")
		@PreAuthorize("hasAuthority('never')")
		public String stock() {
			return "stock";
		}

		@GetMapping("/catalog")
		@PublicEndpoint
		String catalog() {
			return "catalog";
		}

		@PostMapping("/catalog")
		String add() {
			return "added";
		}

		@GetMapping("/catalog/{item}")
		@PublicEndpoint
		String item(@PathVariable String item) {
			return item;
		}

		@GetMapping("/catalog/secret")
		String secret() {
			return "secret";
		}

		@RequestMapping("/any")
		@PublicEndpoint
		String any() {
			return "any";
		}

		@GetMapping("/plain")
		String plain() {
			return "plain";
		}

		@GetMapping("/listed/{item}")
		String listed() {
			return "listed";
		}

		@GetMapping("/by-rule")
		@PublicEndpoint
		String byRule() {
			return "by rule";
		}

		@GetMapping("/who")
		@PublicEndpoint
		String who(Optional<AccessToken> caller) {
			return caller.map((token) -> "authenticated").orElse("anonymous");
		}

	}

	@RestController
	@PublicEndpoint
	static class OpenType {

		@GetMapping("/type/open")
		String open() {
			return "open";
		}

		@GetMapping("/type/closed")
		@RequiresScope("never")
		String closed() {
			return "closed";
		}

		@GetMapping("/type/stock")
		@PreAuthorize("hasAuthority('never')")
		public String stock() {
			return "stock";
		}

	}

	@RestController
	@RequiresScope("never")
	static class ClosedType {

		@GetMapping("/over/open")
		@PublicEndpoint
		String open() {
			return "over";
		}

		@GetMapping("/over/closed")
		String closed() {
			return "closed";
		}

	}

	interface PublicContract {

		@GetMapping("/inherited")
		@PublicEndpoint
		String inherited();

	}

	@PublicEndpoint
	interface OpenContract {

		@GetMapping("/typed")
		String typed();

	}

	/** Calls another instance of the same API. */
	@Service
	static class Client implements PublicContract, OpenContract {

		@Override
		public String typed() {
			return "from elsewhere";
		}

		@Override
		public String inherited() {
			return "from elsewhere";
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@PublicEndpoint
	@interface ForAllClients {

	}

	@RestController
	static class Inherited implements PublicContract, OpenContract {

		@Override
		public String typed() {
			return "typed";
		}

		@Override
		public String inherited() {
			return "inherited";
		}

		@GetMapping("/inherited/own")
		String own() {
			return "own";
		}

	}

	@RestController
	static class Composed {

		@GetMapping("/composed")
		@ForAllClients
		String composed() {
			return "composed";
		}

	}

	interface OverriddenContract {

		@GetMapping("/overridden")
		@PublicEndpoint
		String overridden();

	}

	/** The nearer declaration counts. */
	@RestController
	static class Overriding implements OverriddenContract {

		@Override
		@RequiresScope("never")
		public String overridden() {
			return "overridden";
		}

	}

	interface OverriddenByType {

		@GetMapping("/overridden/by-type")
		@PublicEndpoint
		String overridden();

	}

	@RestController
	@RequiresScope("never")
	static class OverridingByType implements OverriddenByType {

		@Override
		public String overridden() {
			return "overridden";
		}

	}

	@PublicEndpoint
	interface OverriddenType {

		@GetMapping("/overridden/type")
		String overridden();

	}

	@RestController
	@RequiresScope("never")
	static class OverridingType implements OverriddenType {

		@Override
		public String overridden() {
			return "overridden";
		}

	}

	@PermitAll
	interface PermittedContract {

		@GetMapping("/permit-type")
		String permitted();

		@RestController
		class Api implements PermittedContract {

			@Override
			public String permitted() {
				return "permitted";
			}

			@GetMapping("/permit-type/own")
			public String own() {
				return "own";
			}

		}

	}

	@Component("/bean/under")
	@RequiresScope("never")
	static class RequestHandlerUnderRule implements HttpRequestHandler {

		@Override
		@PublicEndpoint
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().print("under");
		}

	}

	/** Has the path of a public handler. */
	@RestController
	static class Administration {

		@GetMapping(path = "/dispatched", params = "mode=admin")
		String administer() {
			return "admin";
		}

	}

	@RestController
	static class Permitted {

		@GetMapping("/permit")
		@PermitAll
		public String permit() {
			return "permit";
		}

		@GetMapping("/permit/under")
		@PermitAll
		@RequiresScope("never")
		public String under() {
			return "under";
		}

	}

	/** Spring MVC chooses by something else than method and path. */
	@RestController
	static class Versions {

		@GetMapping(path = "/versioned", headers = "X-Version=1")
		@PublicEndpoint
		String open() {
			return "open";
		}

		@GetMapping("/versioned")
		String closed() {
			return "closed";
		}

	}

	@Component("/bean")
	@PublicEndpoint
	static class RequestHandlerBean implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().print("bean");
		}

	}

	/** Public handlers that lead elsewhere. */
	@RestController
	@PublicEndpoint
	static class Dispatches {

		@GetMapping("/forward")
		void forward(@RequestParam String to, HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			request.getRequestDispatcher(to).forward(request, response);
		}

		@GetMapping("/include")
		void include(@RequestParam String to, HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			request.getRequestDispatcher(to).include(request, response);
		}

		@GetMapping("/error-of")
		void error(@RequestParam int status, HttpServletResponse response) throws IOException {
			response.sendError(status);
		}

		@GetMapping("/later")
		Callable<String> later() {
			return () -> "later";
		}

		@GetMapping("/dispatched")
		void dispatched(@RequestParam String to, HttpServletRequest request) {
			request.startAsync().dispatch(to);
		}

	}

	/** Nothing undeclared. */
	@Import({ Infrastructure.class, OnlyPublic.Open.class })
	static class OnlyPublic {

		@RestController
		static class Open {

			@GetMapping("/open")
			@PublicEndpoint
			String open() {
				return "open";
			}

			@GetMapping("/permitted")
			@PermitAll
			public String permitted() {
				return "permitted";
			}

			@GetMapping("/closed")
			@RequiresScope("never")
			String closed() {
				return "closed";
			}

		}

	}

	@Import(OnlyPublic.class)
	static class BehindOwnChain {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/permitted").permitAll().anyRequest().authenticated())
				.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()))
				.build();
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class RuleOnMethod {

		@GetMapping("/both")
		@PublicEndpoint
		@RequiresScope("read")
		String both() {
			return "both";
		}

	}

	@Import(Infrastructure.class)
	@RestController
	@PublicEndpoint
	@RequiresScope("read")
	static class RuleOnType {

		@GetMapping("/both")
		String both() {
			return "both";
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class StockOnMethod {

		@GetMapping("/both")
		@PublicEndpoint
		@PreAuthorize("hasAuthority('read')")
		public String both() {
			return "both";
		}

	}

	@Import(Infrastructure.class)
	@RestController
	@PreAuthorize("hasAuthority('read')")
	static class StockOnType {

		@GetMapping("/both")
		@PublicEndpoint
		public String both() {
			return "both";
		}

	}

	interface ClosedContract {

		@RequiresScope("read")
		String both();

	}

	@Import(Infrastructure.class)
	@RestController
	static class InheritedRule implements ClosedContract {

		@Override
		@GetMapping("/both")
		@PublicEndpoint
		public String both() {
			return "both";
		}

	}

	@Import({ Infrastructure.class, OnService.Notes.class })
	static class OnService {

		@Service
		static class Notes {

			@PublicEndpoint
			public String read() {
				return "notes";
			}

		}

	}

	@Import({ Infrastructure.class, OnServiceType.Notes.class })
	static class OnServiceType {

		@Service
		@PublicEndpoint
		static class Notes {

		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class OnHelperMethod {

		@PublicEndpoint
		public String helper() {
			return "helper";
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class OrganizationInPath {

		@GetMapping("/{org}/news")
		@PublicEndpoint
		String news() {
			return "news";
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class CallerAsArgument {

		@GetMapping("/news")
		@PublicEndpoint
		String news(AccessToken caller) {
			return caller.issuer();
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class CallerTypeAsArgument {

		@GetMapping("/news")
		@PublicEndpoint
		String news(CallerType type) {
			return type.name();
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class PermitAllWithOrganization {

		@GetMapping("/{org}/news")
		@PermitAll
		public String news() {
			return "news";
		}

	}

	@Import({ Infrastructure.class, OnQuery.Queries.class })
	static class OnQuery {

		@Controller
		@PublicEndpoint
		static class Queries {

			public String query() {
				return "query";
			}

		}

	}

	@Import({ Infrastructure.class, Catalog.class })
	static class WithBasic {

		@Bean
		Customizer<HttpSecurity> basic() {
			return (http) -> http.httpBasic(withDefaults());
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("alice").password("{noop}secret").authorities("x").build());
		}

	}

	@Import({ Infrastructure.class, Catalog.class, Dispatches.class })
	static class WithIgnoredPaths {

		@Bean
		WebSecurityCustomizer ignored() {
			return (web) -> web.ignoring().requestMatchers("/plain");
		}

	}

	@Import({ Infrastructure.class, Catalog.class, Dispatches.class })
	static class WithPermittedForwards {

		@Bean
		Customizer<HttpSecurity> forwards() {
			return (http) -> http.authorizeHttpRequests(
					(requests) -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD).permitAll());
		}

	}

	@Import(BehindOwnChain.class)
	static class UninterceptedBehindOwnChain {

		@Bean
		BareMapping bareMapping() {
			return new BareMapping();
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class RestFirst {

		@GetMapping("/**/info")
		@PublicEndpoint
		String info() {
			return "info";
		}

	}

	@Import(Infrastructure.class)
	@RestController
	static class AntPattern implements WebMvcConfigurer {

		@Override
		@SuppressWarnings("removal")
		public void configurePathMatch(PathMatchConfigurer configurer) {
			configurer.setPatternParser(null);
			configurer.setPathMatcher(new AntPathMatcher());
		}

		@GetMapping("/a/**/b")
		@PublicEndpoint
		String news() {
			return "news";
		}

	}

	@Import(OnlyPublic.class)
	static class Unguarded {

		@Bean
		ResourceConfig resources() {
			return new ResourceConfig(RestNotes.class);
		}

	}

	@Path("/notes")
	public static class RestNotes {

		@GET
		public String list() {
			return "notes";
		}

	}

	static class BareMapping implements HandlerMapping {

		@Override
		public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
			return null;
		}

	}

}
