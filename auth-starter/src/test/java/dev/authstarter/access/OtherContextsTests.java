package dev.authstarter.access;

import java.util.List;
import java.util.Set;

import dev.authstarter.RequiresScope;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.annotation.security.DenyAll;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Beans of a parent context and of the context of a second {@code DispatcherServlet},
 * which have no proxies of this library.
 */
class OtherContextsTests {

	private static final String[] PROPERTIES = { "--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
			"--auth-starter.audience=" + TestToken.AUDIENCE, "--spring.main.allow-bean-definition-overriding=true" };

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@ParameterizedTest
	@ValueSource(classes = { Ruled.class, RuledPrototype.class, Stock.class, StockPrototype.class })
	void refusesRulesInParentContext(Class<?> bean) {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(bean).web(WebApplicationType.NONE)
				.child(TestApi.class)
				.web(WebApplicationType.SERVLET)
				.run(PROPERTIES)
				.close())
			.withMessageContaining(bean.getName() + " cannot be enforced: the bean '")
			.withMessageContaining("belongs to another context");
	}

	@Test
	void startsWhereParentContextHasProxiesOfItsOwn() {
		new SpringApplicationBuilder(Stock.class, StockPrototype.class, Secured.class).web(WebApplicationType.NONE)
			.child(TestApi.class)
			.web(WebApplicationType.SERVLET)
			.run(PROPERTIES)
			.close();
	}

	@ParameterizedTest
	@ValueSource(
			classes = { Ruled.class, RuledPrototype.class, Stock.class, StockPrototype.class, StockController.class })
	void servesNothingWhereRulesInContextOfServletAreComments(Class<?> bean) {
		try (ConfigurableApplicationContext started = start(bean)) {
			assertThat(http(started).getWithToken("/two/open", this.valid.signed()).statusCode()).isEqualTo(500);
		}
	}

	@Test
	void holdsControllersInContextOfServletToTheirRules() {
		try (ConfigurableApplicationContext started = start(Open.class)) {
			HttpCalls http = http(started);
			assertThat(http.get("/two/open").statusCode()).isEqualTo(401);
			assertThat(http.answer("/two/ruled", this.valid.signed())).isEqualTo("403 insufficient_scope");
			assertThat(http.answer("/two/ruled", this.valid.with("scope", "two").signed())).isEqualTo("200");
			assertThat(started.getBean(HandlerInventory.class).handlers()).filteredOn(HandlerDescription::undeclared)
				.filteredOn((handler) -> handler.kind() == Kind.SERVLET)
				.singleElement()
				.matches((handler) -> handler.patterns().equals(Set.of("/two/**")));
		}
	}

	/** Both servlets serve all handlers of the context. */
	@Test
	void countsThePathsOfEachServletOfTheContext() {
		String[] properties = { "auth-starter.undeclared-handlers=fail-start",
				"auth-starter.public-paths=/me,/fails,/public/**", "auth-starter.rules[0].path=/open",
				"auth-starter.rules[0].scopes=read", "auth-starter.rules[1].path=/ruled",
				"auth-starter.rules[1].scopes=read" };
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class, SameContext.class).properties(properties)
				.run(PROPERTIES)
				.close())
			.withMessageContaining("Open#open (/open)");
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, SameContext.class)
			.properties(properties)
			.properties("auth-starter.rules[2].path=/two/open", "auth-starter.rules[2].scopes=read")
			.run(PROPERTIES)) {
			for (String path : new String[] { "/open", "/two/open" }) {
				assertThat(http(started).answer(path, this.valid.signed())).as(path)
					.isEqualTo("403 insufficient_scope");
				assertThat(http(started).answer(path, this.valid.with("scope", "read").signed())).as(path)
					.isEqualTo("200");
			}
		}
	}

	@Test
	void closesServletBesideThePathOfSpringMvcThatAPublicPathSeemsToOpen() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, Legacy.class)
			.properties("spring.mvc.servlet.path=/api", "auth-starter.public-paths=/legacy/**",
					"auth-starter.undeclared-handlers=deny")
			.run(PROPERTIES)) {
			assertThat(http(started).get("/legacy/x").statusCode()).isEqualTo(401);
			assertThat(http(started).answer("/legacy/x", this.valid.signed())).isEqualTo("403 access_denied");
		}
	}

	private static ConfigurableApplicationContext start(Class<?> bean) {
		AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
		context.register(Mvc.class, Open.class, bean);
		return new SpringApplicationBuilder(TestApi.class, Servlets.class)
			.initializers((started) -> started.getBeanFactory().registerSingleton("ofSecond", context))
			.run(PROPERTIES);
	}

	private static HttpCalls http(ConfigurableApplicationContext started) {
		return new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@Import(Open.class)
	static class SameContext {

		/** Spring Boot makes none beside another one. */
		@Bean
		@Primary
		DispatcherServlet dispatcherServlet() {
			return new DispatcherServlet();
		}

		@Bean
		DispatcherServlet second() {
			return new DispatcherServlet();
		}

		@Bean
		ServletRegistrationBean<DispatcherServlet> registration(@Qualifier("second") DispatcherServlet second) {
			ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(second, "/two/*");
			registration.setName("second");
			return registration;
		}

	}

	static class Legacy {

		@Bean
		ServletRegistrationBean<HttpServlet> legacy() {
			return new ServletRegistrationBean<>(new HttpServlet() {

				@Override
				protected void doGet(HttpServletRequest request, HttpServletResponse response) {
				}

			}, "/legacy/*");
		}

	}

	@EnableMethodSecurity(jsr250Enabled = true)
	static class Secured {

	}

	@EnableWebMvc
	static class Mvc {

	}

	static class Servlets {

		/** Spring Boot makes none beside another one. */
		@Bean
		@Primary
		DispatcherServlet dispatcherServlet() {
			return new DispatcherServlet();
		}

		@Bean
		DispatcherServlet second(AnnotationConfigWebApplicationContext ofSecond) {
			return new DispatcherServlet(ofSecond);
		}

		@Bean
		ServletRegistrationBean<DispatcherServlet> registration(List<DispatcherServlet> servlets) {
			DispatcherServlet second = servlets.stream()
				.filter((
						servlet) -> servlet.getWebApplicationContext() instanceof AnnotationConfigWebApplicationContext)
				.findFirst()
				.orElseThrow();
			ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(second, "/two/*");
			registration.setName("second");
			return registration;
		}

	}

	@RestController
	static class Open {

		@GetMapping("/open")
		public String open() {
			return "open";
		}

		@GetMapping("/ruled")
		@RequiresScope("two")
		public String ruled() {
			return "ruled";
		}

	}

	static class Ruled {

		@RequiresScope("two")
		public String read() {
			return "read";
		}

	}

	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	static class RuledPrototype extends Ruled {

	}

	static class Stock {

		@DenyAll
		public String read() {
			return "read";
		}

	}

	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	static class StockPrototype extends Stock {

	}

	@RestController
	static class StockController {

		@GetMapping("/stock")
		@DenyAll
		public String stock() {
			return "stock";
		}

	}

}
