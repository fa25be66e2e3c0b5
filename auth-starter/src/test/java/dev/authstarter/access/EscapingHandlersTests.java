package dev.authstarter.access;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.authstarter.RequiresScope;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.HttpRequestHandlerServlet;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.AbstractController;
import org.springframework.web.servlet.mvc.Controller;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that Spring Security's annotations do not reach, and handlers that are no
 * methods of controllers.
 */
class EscapingHandlersTests {

	private static final String[] PROPERTIES = { "--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
			"--auth-starter.audience=" + TestToken.AUDIENCE, "--auth-starter.undeclared-handlers=deny" };

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@ParameterizedTest
	@MethodSource("handlersThatAreNotIntercepted")
	void failsWhereStockAnnotationIsNotEnforced(Class<?> controller, String message) {
		for (Consumer<BeanDefinition> change : List.<Consumer<BeanDefinition>>of((definition) -> {
		}, (definition) -> definition.setLazyInit(true),
				(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))) {
			fails((started) -> {
				started.registerBean("controller", controller);
				change.accept(started.getBeanDefinition("controller"));
			}, message);
		}
	}

	static Stream<Arguments> handlersThatAreNotIntercepted() {
		return Stream.of(
				Arguments.of(PrivateMethod.class, "PrivateMethod#handle cannot be enforced: the method is private"),
				Arguments.of(PrivateUnderType.class,
						"PrivateUnderType#handle cannot be enforced: the method is private"),
				Arguments.of(FinalMethod.class, "FinalMethod#handle cannot be enforced: the method is final"),
				Arguments.of(FinalUnderType.class, "FinalUnderType#handle cannot be enforced: the method is final"),
				Arguments.of(StaticMethod.class, "StaticMethod#handle cannot be enforced: the method is static"),
				Arguments.of(FinalClass.class, "FinalClass#handle cannot be enforced: the class is final"),
				Arguments.of(RecordClass.class, "RecordClass#handle cannot be enforced: the class is a record"),
				Arguments.of(Filtered.class, "Filtered#handle cannot be enforced: the method is private"),
				Arguments.of(Inheriting.class,
						"Inheriting cannot be enforced for " + Inherited.class.getName() + "#handle"),
				Arguments.of(Implementing.class, "cannot be enforced for " + Inherited.class.getName() + "#handle"),
				Arguments.of(TemplateRule.class, "TemplateRule#handleRequestInternal cannot be enforced: only "),
				Arguments.of(TemplateStock.class, "TemplateStock#handleRequestInternal cannot be enforced: only "),
				Arguments.of(TemplateStockType.class,
						"TemplateStockType cannot be enforced for " + AbstractController.class.getName()));
	}

	@Test
	void failsWhereControllerIsMadeOutsideOfTheContext() {
		fails((started) -> started.getBeanFactory().registerSingleton("outsider", new Denied()),
				"security annotations of " + Denied.class.getName() + " cannot be enforced: the bean 'outsider' has no "
						+ "proxy");
	}

	@Test
	void failsWhereHandlerIsNoBean() {
		fails((started) -> started.registerBean(RegistersHandler.class),
				"security annotations of " + Denied.class.getName() + " cannot be enforced");
	}

	@ParameterizedTest
	@ValueSource(classes = { PermittedPrivate.class, Denied.class })
	void startsWhereNothingIsLost(Class<?> controller) {
		this.context.withBean(controller).run((started) -> assertThat(started).hasNotFailed());
	}

	private void fails(Consumer<GenericApplicationContext> register, String message) {
		this.context.withInitializer((started) -> register.accept((GenericApplicationContext) started))
			.run((started) -> {
				Throwable failure = started.getStartupFailure();
				assertThat(failure).isNotNull();
				assertThat(NestedExceptionUtils.getMostSpecificCause(failure)).isInstanceOf(AccessRuleException.class)
					.hasMessageContaining(message);
			});
	}

	@Test
	void holdsHandlersThatAreBeansToTheRuleOfTheirType() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(HandlersApi.class).run(PROPERTIES)) {
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			for (String path : new String[] { "/handlers/type", "/handlers/method", "/handlers/controller" }) {
				assertThat(http.get(path).statusCode()).as(path).isEqualTo(401);
				assertThat(http.answer(path, this.valid.signed())).as(path).isEqualTo("403 insufficient_scope");
				assertThat(http.answer(path, this.valid.with("scope", "handle").signed())).as(path).isEqualTo("200");
			}
			// The servlet in front of the bean has no rule of its own, and those are
			// denied.
			assertThat(http.answer("/servlets/type", this.valid.with("scope", "handle").signed()))
				.isEqualTo("403 access_denied");
			assertThat(http.answer("/handlers/stock", this.valid.signed())).isEqualTo("403 access_denied");
			assertThat(http.answer("/handlers/silent", this.valid.signed())).isEqualTo("403 access_denied");
			assertThat(rule(started, "/handlers/type")).isEqualTo("scope handle");
			assertThat(rule(started, "/handlers/method")).isEqualTo("scope handle");
			assertThat(rule(started, "/handlers/controller")).isEqualTo("scope handle");
			assertThat(rule(started, "/handlers/stock")).isEqualTo("@DenyAll");
			assertThat(handlers(started).filter(HandlerDescription::undeclared)
				.flatMap((handler) -> handler.patterns().stream())
				.filter((pattern) -> pattern.startsWith("/handlers"))).containsExactly("/handlers/silent");
		}
	}

	/** The server also calls methods of the filter at start-up, without a caller. */
	@Test
	void holdsFilterThatIsABeanToTheRuleOfItsType() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, RuledFilter.class)
			.run(PROPERTIES[0], PROPERTIES[1], PROPERTIES[2])) {
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(http.answer("/me", this.valid.signed())).isEqualTo("403 insufficient_scope");
			assertThat(http.answer("/me", this.valid.with("scope", "handle").signed())).isEqualTo("200");
		}
	}

	@Test
	void callsNoCopyOfControllerThatIsRegisteredLater() throws NoSuchMethodException {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(HandlersApi.class, Denied.class)
			.run(PROPERTIES)) {
			RequestMappingHandlerMapping mapping = started.getBean("requestMappingHandlerMapping",
					RequestMappingHandlerMapping.class);
			mapping.registerMapping(
					RequestMappingInfo.paths("/copy").options(mapping.getBuilderConfiguration()).build(), new Denied(),
					Denied.class.getMethod("handle"));
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(http.answer("/handle", this.valid.signed())).isEqualTo("403 access_denied");
			assertThat(http.getWithToken("/copy", this.valid.signed()).statusCode()).isEqualTo(500);
		}
	}

	private static String rule(ConfigurableApplicationContext started, String path) {
		return handlers(started).filter((handler) -> handler.patterns().contains(path))
			.findFirst()
			.orElseThrow()
			.rule();
	}

	private static Stream<HandlerDescription> handlers(ConfigurableApplicationContext started) {
		return started.getBean(HandlerInventory.class).handlers().stream();
	}

	@RestController
	static class PrivateMethod {

		@GetMapping("/handle")
		@PreAuthorize("denyAll()")
		@SuppressWarnings("UnusedMethod")
		private String handle() {
			return "x";
		}

	}

	@RestController
	@DenyAll
	static class PrivateUnderType {

		@GetMapping("/handle")
		@SuppressWarnings("UnusedMethod")
		private String handle() {
			return "x";
		}

	}

	@RestController
	static class FinalMethod {

		@GetMapping("/handle")
		@RolesAllowed("absent")
		public final String handle() {
			return "x";
		}

	}

	@RestController
	@PreAuthorize("denyAll()")
	static class FinalUnderType {

		@GetMapping("/handle")
		public final String handle() {
			return "x";
		}

	}

	@RestController
	static class StaticMethod {

		@GetMapping("/handle")
		@Secured("ROLE_absent")
		static String handle() {
			return "x";
		}

	}

	@RestController
	static final class FinalClass {

		@GetMapping("/handle")
		@PreAuthorize("denyAll()")
		String handle() {
			return "x";
		}

	}

	@RestController
	@RolesAllowed("absent")
	record RecordClass() {

		@GetMapping("/handle")
		String handle() {
			return "x";
		}

	}

	@RestController
	static class Filtered {

		@GetMapping("/handle")
		@PostFilter("false")
		@SuppressWarnings("UnusedMethod")
		private List<String> handle() {
			return new ArrayList<>(List.of("x"));
		}

	}

	static class TemplateRule extends AbstractController {

		@Override
		@RequiresScope("handle")
		protected @Nullable ModelAndView handleRequestInternal(HttpServletRequest request,
				HttpServletResponse response) {
			return null;
		}

	}

	static class TemplateStock extends AbstractController {

		@Override
		@DenyAll
		protected @Nullable ModelAndView handleRequestInternal(HttpServletRequest request,
				HttpServletResponse response) {
			return null;
		}

	}

	@DenyAll
	static class TemplateStockType extends AbstractController {

		@Override
		protected @Nullable ModelAndView handleRequestInternal(HttpServletRequest request,
				HttpServletResponse response) {
			return null;
		}

	}

	static class Inherited {

		@GetMapping("/handle")
		public String handle() {
			return "x";
		}

	}

	@RestController
	@PreAuthorize("denyAll()")
	static class Inheriting extends Inherited {

	}

	interface Handles {

		@DenyAll
		String handle();

	}

	@RestController
	static class Implementing extends Inherited implements Handles {

	}

	@RestController
	static class Denied {

		@GetMapping("/handle")
		@DenyAll
		public String handle() {
			return "x";
		}

	}

	@RestController
	static class PermittedPrivate {

		@GetMapping("/handle")
		@PermitAll
		@SuppressWarnings("UnusedMethod")
		private String handle() {
			return "x";
		}

	}

	@Component
	record RegistersHandler(RequestMappingHandlerMapping requestMappingHandlerMapping) implements InitializingBean {

		@Override
		public void afterPropertiesSet() {
			Method method = ReflectionUtils.findMethod(Denied.class, "handle");
			assertThat(method).isNotNull();
			this.requestMappingHandlerMapping.registerMapping(RequestMappingInfo.paths("/registered").build(),
					new Denied(), method);
		}

	}

	@Import({ TestApi.class, OnType.class, OnMethod.class, OldController.class, Stock.class, Silent.class })
	static class HandlersApi {

		@Bean
		ServletRegistrationBean<HttpRequestHandlerServlet> servlet() {
			ServletRegistrationBean<HttpRequestHandlerServlet> servlet = new ServletRegistrationBean<>(
					new HttpRequestHandlerServlet(), "/servlets/type");
			servlet.setName("/handlers/type");
			return servlet;
		}

	}

	/** After Spring Security's filters, which have a higher precedence. */
	@Component
	@RequiresScope("handle")
	static class RuledFilter implements Filter {

		@Override
		public void init(FilterConfig configuration) {
			// Called by the server.
		}

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			chain.doFilter(request, response);
		}

	}

	@Component("/handlers/type")
	@RequiresScope("handle")
	static class OnType implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
		}

	}

	@Component("/handlers/method")
	static class OnMethod implements HttpRequestHandler {

		@Override
		@RequiresScope("handle")
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
		}

	}

	@Component("/handlers/controller")
	@RequiresScope("handle")
	static class OldController implements Controller {

		@Override
		public @Nullable ModelAndView handleRequest(HttpServletRequest request, HttpServletResponse response) {
			return null;
		}

	}

	@Component("/handlers/stock")
	@DenyAll
	static class Stock implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
		}

	}

	@Component("/handlers/silent")
	static class Silent implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
		}

	}

}
