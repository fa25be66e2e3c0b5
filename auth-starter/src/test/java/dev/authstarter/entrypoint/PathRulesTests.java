package dev.authstarter.entrypoint;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Path rules apply in addition to those of handlers, for every spelling of a path and
 * every kind of handler.
 */
class PathRulesTests {

	private static final List<String> PROPERTIES = List.of("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
			"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.organization.sources=path,header,token");

	private static ConfigurableApplicationContext started;

	@BeforeAll
	static void start() {
		started = run("auth-starter.rules[0].path=/things/**", "auth-starter.rules[0].methods=GET",
				"auth-starter.rules[0].scopes=read", "auth-starter.rules[1].path=/things/**",
				"auth-starter.rules[1].methods=POST", "auth-starter.rules[1].roles=owner",
				"auth-starter.rules[2].path=/both", "auth-starter.rules[2].scopes=path",
				"auth-starter.rules[3].path=/closed", "auth-starter.rules[3].permissions=open",
				"auth-starter.rules[4].path=/files/*", "auth-starter.rules[4].scopes=read");
	}

	@AfterAll
	static void stop() {
		started.close();
	}

	private static ConfigurableApplicationContext run(String... properties) {
		List<String> all = new ArrayList<>(PROPERTIES);
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(Api.class).properties(all.toArray(String[]::new)).run();
	}

	@ParameterizedTest
	@CsvSource({ "GET /things/1, other, 403 insufficient_scope", "GET /things/1, read, 200",
			"HEAD /things/1, other, 403", "HEAD /things/1, read, 200", "POST /things/1, read, 403 insufficient_role",
			"DELETE /things/1, other, 200", "GET /THINGS/1, other, 403 insufficient_scope", "GET /Things/1, read, 200",
			"GET /things/%31, other, 403 insufficient_scope", "GET /%74hings/1, other, 403 insufficient_scope",
			"GET /things;a=b/1, other, 403 insufficient_scope", "GET /things;a=b/1;c, read, 200",
			"GET /files/a, other, 403 insufficient_scope", "GET /files/, other, 403 insufficient_scope",
			"GET /files/, read, 200", "GET /files, other, 200", "GET /things/1/, other, 403 insufficient_scope",
			"GET /x/..;/things/1, other, 403 insufficient_scope", "GET /both, own, 403 insufficient_scope",
			"GET /both, path, 403 insufficient_scope", "GET /both, own path, 200",
			"GET /closed, other, 403 insufficient_permission", "GET /closed;a/, other, 403 insufficient_permission",
			"GET /x/..;/closed, other, 403 insufficient_permission", "GET /forward, other, 403 insufficient_permission",
			"GET /include, other, 403 insufficient_permission", "GET /plain, other, 200",
			"GET /forward-plain, other, 200" })
	void holdsBesideRuleOfHandler(String call, String scope, String answer) {
		assertThat(new Visitor(started).call(call, scope)).isEqualTo(answer);
	}

	@Test
	void letsPreflightsPass() {
		assertThat(http()
			.send(http().request("/things/1")
				.header("Origin", "https://app.example")
				.header("Access-Control-Request-Method", "GET")
				.method("OPTIONS", BodyPublishers.noBody()))
			.statusCode()).isEqualTo(200);
	}

	@Test
	void keepsServletsToOneOrganization() {
		String token = "Bearer " + TestToken.validAt(TestApi.NOW).signed();
		assertThat(http().get("/plain", "Authorization", token).body()).isEqualTo("org_acme");
		assertThat(http().get("/plain", "Authorization", token, "X-Organization-Id", "org_globex").statusCode())
			.isEqualTo(403);
	}

	@Test
	void standsInTheInventory() {
		assertThat(rule(started, "/both")).isEqualTo("scope own; by path /both: scope path");
		assertThat(rule(started, "/closed")).isEqualTo("by path /closed: permission open");
	}

	@Test
	void countsFromTheContextPath() {
		try (ConfigurableApplicationContext deep = run("server.servlet.context-path=/app",
				"spring.mvc.servlet.path=/api", "auth-starter.rules[0].path=/api/things/**",
				"auth-starter.rules[0].scopes=read", "auth-starter.rules[1].path=/things/**",
				"auth-starter.rules[1].scopes=never")) {
			assertThat(new Visitor(deep).call("GET /app/api/things/1", "other")).isEqualTo("403 insufficient_scope");
			assertThat(new Visitor(deep).call("GET /app/api/things/1", "read")).isEqualTo("200");
			assertThat(rule(deep, "/things/{id}")).isEqualTo("by path /api/things/**: scope read");
			assertThat(deep.getBean(HandlerInventory.class).warnings()).singleElement()
				.asString()
				.contains("'/things/**'");
		}
	}

	private static String rule(ConfigurableApplicationContext context, String pattern) {
		return context.getBean(HandlerInventory.class)
			.handlers()
			.stream()
			.filter((handler) -> handler.patterns().contains(pattern))
			.map(HandlerDescription::rule)
			.findFirst()
			.orElseThrow();
	}

	private static HttpCalls http() {
		return new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/** As lenient as an application may be with paths. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ TestTrust.class, Things.class, Forwards.class })
	static class Api implements WebMvcConfigurer {

		@Bean
		StrictHttpFirewall firewall() {
			StrictHttpFirewall firewall = new StrictHttpFirewall();
			firewall.setAllowSemicolon(true);
			return firewall;
		}

		@Bean
		ServletRegistrationBean<Plain> plain(CurrentOrganization acting) {
			return registration(acting, "/plain");
		}

		@Bean
		ServletRegistrationBean<Plain> closed(CurrentOrganization acting) {
			return registration(acting, "/closed");
		}

		private static ServletRegistrationBean<Plain> registration(CurrentOrganization acting, String mapping) {
			ServletRegistrationBean<Plain> registration = new ServletRegistrationBean<>(new Plain(acting), mapping);
			registration.setName(mapping);
			return registration;
		}

		@Override
		public void configurePathMatch(PathMatchConfigurer configurer) {
			PathPatternParser parser = new PathPatternParser();
			parser.setCaseSensitive(false);
			configurer.setPatternParser(parser);
		}

	}

	static class Plain extends HttpServlet {

		private final transient CurrentOrganization acting;

		Plain(CurrentOrganization acting) {
			this.acting = acting;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().write(String.valueOf(this.acting.get().id()));
		}

	}

	@RestController
	@CrossOrigin("https://app.example")
	static class Things {

		@GetMapping({ "/things/{id}", "/things/{id}/" })
		String read() {
			return "read";
		}

		@GetMapping({ "/files", "/files/*" })
		String files() {
			return "files";
		}

		@PostMapping("/things/{id}")
		String write() {
			return "written";
		}

		@DeleteMapping("/things/{id}")
		String delete() {
			return "deleted";
		}

		@GetMapping("/both")
		@RequiresScope("own")
		String both() {
			return "both";
		}

	}

	@Controller
	static class Forwards {

		@RequestMapping("/forward")
		String forward() {
			return "forward:/closed";
		}

		@RequestMapping("/forward-plain")
		String forwardPlain() {
			return "forward:/plain";
		}

		@RequestMapping("/include")
		void include(HttpServletRequest request, HttpServletResponse response) throws Exception {
			request.getRequestDispatcher("/closed").include(request, response);
		}

	}

}
