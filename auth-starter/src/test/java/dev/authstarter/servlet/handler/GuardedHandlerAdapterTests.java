package dev.authstarter.servlet.handler;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import dev.authstarter.RequiresRole;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.stereotype.Controller;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.cors.PreFlightRequestHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Handlers of mappings that leave out the interceptors of Spring MVC.
 */
class GuardedHandlerAdapterTests {

	/** Without the mapping of static resources, which takes every path. */
	private static final String[] PROPERTIES = { "--spring.web.resources.add-mappings=false", "--server.port=0",
			"--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE };

	private final TestToken caller = TestToken.validAt(TestApi.NOW);

	@ParameterizedTest
	@ValueSource(classes = { OfClass.class, OfFinalClass.class, OfFinalMethod.class, OfLambda.class, OfRecord.class,
			OfOwnChain.class, OfNoDetection.class, OfRemoval.class, OfSingleton.class })
	void enforcesTheRulesOfTheirHandlers(Class<?> configuration) {
		try (ConfigurableApplicationContext started = start(configuration)) {
			for (String path : new String[] { "/raw/method", "/raw/object" }) {
				assertThat(status(started, path, this.caller)).as(path).isEqualTo(403);
				assertThat(status(started, path, owner())).as(path).isEqualTo(200);
			}
			assertThat(status(started, "/raw/silent", this.caller)).isEqualTo(200);
			assertThat(status(started, "/raw/nothing", this.caller)).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OfClass.class, OfFinalClass.class, OfFinalMethod.class, OfLambda.class, OfRecord.class,
			OfOwnChain.class, OfNoDetection.class, OfRemoval.class, OfSingleton.class })
	void deniesHandlersWithoutRule(Class<?> configuration) {
		try (ConfigurableApplicationContext started = start(configuration, "--auth-starter.undeclared-handlers=deny")) {
			assertThat(status(started, "/raw/silent", owner())).isEqualTo(403);
			assertThat(status(started, "/raw/method", owner())).isEqualTo(200);
		}
	}

	/** The pattern of the path that forwards is public. */
	@Test
	void deniesHandlersWithoutRuleToWhichAPublicPathForwards() {
		try (ConfigurableApplicationContext started = start(Forwarding.class, "--auth-starter.undeclared-handlers=deny",
				"--auth-starter.public-paths=/open/**")) {
			assertThat(status(started, "/open/forward", owner())).isEqualTo(403);
			assertThat(status(started, "/open/ruled", this.caller)).isEqualTo(403);
			assertThat(status(started, "/open/ruled", owner())).isEqualTo(200);
		}
	}

	@Test
	void enforcesRulesByPath() {
		try (ConfigurableApplicationContext started = start(OfClass.class, "--auth-starter.rules[0].path=/raw/silent",
				"--auth-starter.rules[0].roles=owner")) {
			assertThat(status(started, "/raw/silent", this.caller)).isEqualTo(403);
			assertThat(status(started, "/raw/silent", owner())).isEqualTo(200);
		}
	}

	@Test
	void callsGuardsOnceForTheChainOfAnotherMapping() {
		try (ConfigurableApplicationContext started = start(OfChain.class)) {
			assertThat(status(started, "/mapped", owner())).isEqualTo(200);
			assertThat(started.getBean(CountingGuard.class).calls).hasValue(1);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Second.class, SecondWithPrecedence.class })
	void enforcesTheRulesOfASecondDispatcherWithItsOwnMappings(Class<?> configuration) {
		SecondDispatcher.configuration = configuration;
		try (ConfigurableApplicationContext started = start(SecondDispatcher.class)) {
			assertThat(status(started, "/second/raw/object", this.caller)).isEqualTo(403);
			assertThat(status(started, "/second/raw/object", owner())).isEqualTo(200);
			assertThat(status(started, "/raw/object", owner())).isEqualTo(404);
		}
	}

	@Test
	void usesTheAdaptersOfADispatcherThatIsRefreshed() {
		SecondDispatcher.configuration = Second.class;
		try (ConfigurableApplicationContext started = start(SecondDispatcher.class)) {
			assertThat(status(started, "/second/raw/object", owner())).isEqualTo(200);
			DispatcherServlet second = (DispatcherServlet) started.getBean("second", ServletRegistrationBean.class)
				.getServlet();
			assertThat(second).isNotNull();
			second.refresh();
			assertThat(status(started, "/second/raw/object", this.caller)).isEqualTo(403);
			assertThat(status(started, "/second/raw/object", owner())).isEqualTo(200);
		}
	}

	/** The dispatcher asks the mappings in turn until one has a handler. */
	@Test
	void enforcesTheRuleOfAHandlerThatIsMappedMeanwhile() {
		try (ConfigurableApplicationContext started = start(OfLateRoutes.class)) {
			assertThat(status(started, "/raw/object", this.caller)).isEqualTo(404);
			assertThat(status(started, "/raw/object", this.caller)).isEqualTo(403);
			assertThat(status(started, "/raw/object", owner())).isEqualTo(200);
		}
	}

	/** Spring's mappings of URLs set the path variables in an interceptor. */
	@Test
	void comparesTheOrganizationInThePathOfAUrlMapping() {
		try (ConfigurableApplicationContext started = start(OfUrls.class)) {
			assertThat(status(started, "/organizations/org_globex/report", owner())).isEqualTo(403);
			assertThat(status(started, "/organizations/org_acme/report", this.caller)).isEqualTo(403);
			assertThat(status(started, "/organizations/org_acme/report", owner())).isEqualTo(200);
		}
		try (ConfigurableApplicationContext started = start(OfUrls.class, "--auth-starter.undeclared-handlers=deny",
				"--auth-starter.public-paths=/open/**")) {
			assertThat(status(started, "/open/page", owner())).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "authenticated, /ruled, 403", "deny, /ruled, 403", "deny, /silent, 403", "authenticated, /silent, 200",
			"authenticated, /by-path, 403" })
	void enforcesTheRulesOfAHandlerThatAlsoHandlesPreflightRequests(String undeclared, String path, int status) {
		try (ConfigurableApplicationContext started = start(Preflights.class,
				"--auth-starter.undeclared-handlers=" + undeclared, "--auth-starter.rules[0].path=/by-path",
				"--auth-starter.rules[0].roles=owner")) {
			assertThat(status(started, path, this.caller)).isEqualTo(status);
		}
	}

	/** The guards allowed the handler for the path that an interceptor forwards from. */
	@Test
	void asksTheGuardsAgainForTheHandlerOfAForward() {
		try (ConfigurableApplicationContext started = start(ForwardedAgain.class, "--auth-starter.rules[0].path=/raw",
				"--auth-starter.rules[0].roles=owner")) {
			assertThat(status(started, "/forwards", this.caller)).isEqualTo(403);
			assertThat(status(started, "/forwards", owner())).isEqualTo(200);
		}
	}

	@Test
	void keepsTheInterceptorsAndTheOrderOfMappings() {
		try (ConfigurableApplicationContext started = start(Intercepted.class)) {
			assertThat(status(started, "/raw/object", this.caller)).isEqualTo(403);
			assertThat(status(started, "/raw/object", owner())).isEqualTo(200);
			assertThat(started.getBean(AtomicInteger.class)).hasValue(2);
			assertThat(status(started, "/mapped", owner())).isEqualTo(200);
		}
	}

	@Test
	void failsStartIfAnotherAdapterWouldBeAskedBefore() {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> start(First.class))
			.withMessage("Rules of handlers cannot be enforced: the HandlerAdapter 'firstAdapter' would be asked "
					+ "before the one of auth-starter.");
	}

	@Test
	void failsRefreshIfAnotherAdapterOfASecondDispatcherWouldBeAskedBefore() {
		SecondDispatcher.configuration = SecondWithAdapter.class;
		try (ConfigurableApplicationContext started = start(SecondDispatcher.class)) {
			assertThat(status(started, "/second/raw/object", owner())).isEqualTo(500);
		}
	}

	private TestToken owner() {
		return this.caller.with("roles", List.of("owner"));
	}

	private static ConfigurableApplicationContext start(Class<?> configuration, String... properties) {
		return new SpringApplicationBuilder(TestApi.class, configuration).run(arguments(properties));
	}

	private static String[] arguments(String... properties) {
		return Stream.concat(Stream.of(PROPERTIES), Stream.of(properties)).toArray(String[]::new);
	}

	private static int status(ConfigurableApplicationContext started, String path, TestToken token) {
		HttpCalls http = new HttpCalls(
				started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		HttpRequest.Builder request = http.request(path).header("Authorization", "Bearer " + token.signed());
		return http.send(request).statusCode();
	}

	static class Controllers {

		@Bean
		Notes notes() {
			return new Notes();
		}

	}

	@RestController
	static class Notes {

		@GetMapping("/mapped")
		@RequiresRole("owner")
		String ruled() {
			return "ruled";
		}

	}

	@RequiresRole("owner")
	static class Ruled implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
			response.setStatus(200);
		}

	}

	/** Find a handler as a router of the application would. */
	private static @Nullable HandlerExecutionChain find(HttpServletRequest request,
			RequestMappingHandlerMapping controllers) {
		Object handler = switch (request.getRequestURI()) {
			case "/raw/method" -> controllers.getHandlerMethods()
				.values()
				.stream()
				.filter((method) -> method.getMethod().getName().equals("ruled"))
				.findFirst()
				.orElseThrow()
				.createWithResolvedBean();
			case "/raw/object" -> new Ruled();
			case "/raw/silent" -> (HttpRequestHandler) (silent, response) -> response.setStatus(200);
			default -> null;
		};
		return (handler != null) ? new HandlerExecutionChain(handler) : null;
	}

	static class Raw implements HandlerMapping, Ordered {

		private final RequestMappingHandlerMapping controllers;

		Raw(RequestMappingHandlerMapping controllers) {
			this.controllers = controllers;
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
			return find(request, this.controllers);
		}

	}

	static final class FinalRaw extends Raw {

		FinalRaw(RequestMappingHandlerMapping controllers) {
			super(controllers);
		}

	}

	static class FinalMethodRaw implements HandlerMapping {

		private final RequestMappingHandlerMapping controllers;

		FinalMethodRaw(RequestMappingHandlerMapping controllers) {
			this.controllers = controllers;
		}

		@Override
		public final @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
			return find(request, this.controllers);
		}

	}

	record RecordRaw(RequestMappingHandlerMapping controllers) implements HandlerMapping {

		@Override
		public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
			return find(request, this.controllers);
		}

	}

	@Import(Controllers.class)
	static class OfClass {

		@Bean
		Raw raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new Raw(requestMappingHandlerMapping);
		}

	}

	@Import(Controllers.class)
	static class OfFinalClass {

		@Bean
		FinalRaw raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new FinalRaw(requestMappingHandlerMapping);
		}

	}

	@Import(Controllers.class)
	static class OfFinalMethod {

		@Bean
		FinalMethodRaw raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new FinalMethodRaw(requestMappingHandlerMapping);
		}

	}

	@Import(Controllers.class)
	static class OfRecord {

		@Bean
		RecordRaw raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new RecordRaw(requestMappingHandlerMapping);
		}

	}

	@Import(Controllers.class)
	static class OfLambda {

		@Bean
		HandlerMapping raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return (request) -> find(request, requestMappingHandlerMapping);
		}

	}

	@Controller
	@Import(OfClass.class)
	static class Forwarding {

		@GetMapping("/open/forward")
		String forward() {
			return "forward:/raw/silent";
		}

		@GetMapping("/open/ruled")
		String ruled() {
			return "forward:/raw/object";
		}

	}

	/**
	 * The mapping that Spring MVC offers for own mappings, with one of its methods
	 * overridden.
	 */
	static class AbstractRaw extends AbstractHandlerMapping {

		private final RequestMappingHandlerMapping controllers;

		AbstractRaw(RequestMappingHandlerMapping controllers) {
			this.controllers = controllers;
		}

		@Override
		protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
			HandlerExecutionChain chain = find(request, this.controllers);
			return (chain != null) ? chain.getHandler() : null;
		}

	}

	@Import(Controllers.class)
	static class OfOwnChain {

		@Bean
		HandlerMapping raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new AbstractRaw(requestMappingHandlerMapping) {
				@Override
				protected HandlerExecutionChain getHandlerExecutionChain(Object handler, HttpServletRequest request) {
					return new HandlerExecutionChain(handler);
				}
			};
		}

	}

	@Import(Controllers.class)
	static class OfNoDetection {

		@Bean
		HandlerMapping raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new AbstractRaw(requestMappingHandlerMapping) {
				@Override
				protected void detectMappedInterceptors(List<HandlerInterceptor> interceptors) {
				}
			};
		}

	}

	@Import(Controllers.class)
	static class OfRemoval {

		@Bean
		HandlerMapping raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new AbstractRaw(requestMappingHandlerMapping) {
				@Override
				protected void initInterceptors() {
				}
			};
		}

	}

	/** Post-processors do not see it. */
	@Import({ Controllers.class, OfSingleton.Registrar.class })
	static class OfSingleton {

		static class Registrar implements BeanFactoryPostProcessor {

			@Override
			public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
				HandlerMapping mapping = (request) -> find(request,
						beans.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class));
				beans.registerSingleton("raw", mapping);
			}

		}

	}

	/** Before all others, and with the interceptors of Spring MVC. */
	@Import(Controllers.class)
	static class OfPrecedence {

		@Bean
		HandlerMapping raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new FirstMapping(requestMappingHandlerMapping);
		}

	}

	static class FirstMapping extends AbstractRaw implements PriorityOrdered {

		FirstMapping(RequestMappingHandlerMapping controllers) {
			super(controllers);
			setOrder(HIGHEST_PRECEDENCE);
		}

	}

	/** Asks all other mappings itself. */
	@Import(OfClass.class)
	static class OfComposite {

		@Bean
		HandlerMapping composite(ObjectProvider<HandlerMapping> all) {
			return new Composite(all);
		}

	}

	record Composite(ObjectProvider<HandlerMapping> all) implements HandlerMapping, Ordered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
			for (HandlerMapping mapping : this.all.orderedStream().toList()) {
				HandlerExecutionChain chain = (mapping != this) ? mapping.getHandler(request) : null;
				if (chain != null) {
					return chain;
				}
			}
			return null;
		}

	}

	@Import(Controllers.class)
	static class OfOwnDispatcher {

		@Bean
		DispatcherServlet dispatcherServlet(
				@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> controllers) {
			return new DispatcherServlet() {
				@Override
				protected @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
					HandlerExecutionChain found = find(request, controllers.getObject());
					return (found != null) ? found : super.getHandler(request);
				}
			};
		}

	}

	/** The dispatcher uses the mapping of this name alone. */
	@Import(Controllers.class)
	static class OfNamedMapping implements BeanPostProcessor {

		@Bean
		static HandlerMapping handlerMapping(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return (request) -> find(request, requestMappingHandlerMapping);
		}

		@Override
		public Object postProcessBeforeInitialization(Object bean, String name) {
			if (bean instanceof DispatcherServlet dispatcher) {
				dispatcher.setDetectAllHandlerMappings(false);
			}
			return bean;
		}

	}

	static class OfLateRoutes {

		@Bean
		HandlerMapping routes() {
			AtomicInteger asked = new AtomicInteger();
			return (request) -> (request.getRequestURI().equals("/raw/object") && asked.getAndIncrement() > 0)
					? new HandlerExecutionChain(new Ruled()) : null;
		}

	}

	static class OfUrls {

		@Bean
		HandlerMapping urls() {
			return new SimpleUrlHandlerMapping(Map.of("/organizations/{organizationId}/report", new Ruled(), "/open/*",
					(HttpRequestHandler) (request, response) -> response.setStatus(200)), 0) {
				@Override
				protected void detectMappedInterceptors(List<HandlerInterceptor> interceptors) {
				}
			};
		}

	}

	/** The same object has a path with interceptors and one without. */
	static class ForwardedAgain {

		private final HttpRequestHandler handler = (request, response) -> response.setStatus(200);

		@Bean
		HandlerMapping urls() {
			SimpleUrlHandlerMapping urls = new SimpleUrlHandlerMapping(Map.of("/forwards", this.handler), 0);
			urls.setInterceptors(new HandlerInterceptor() {
				@Override
				public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
						throws Exception {
					request.getRequestDispatcher("/raw").forward(request, response);
					return false;
				}
			});
			return urls;
		}

		@Bean
		HandlerMapping raw() {
			return (request) -> request.getServletPath().equals("/raw") ? new HandlerExecutionChain(this.handler)
					: null;
		}

	}

	static class Preflights {

		@Bean
		HandlerMapping urls() {
			return new SimpleUrlHandlerMapping(
					Map.of("/ruled", new RuledPreflight(), "/silent", new Preflight(), "/by-path", new Preflight()), 0);
		}

	}

	static class Preflight implements HttpRequestHandler, PreFlightRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
			response.setStatus(200);
		}

		@Override
		public void handlePreFlight(HttpServletRequest request, HttpServletResponse response) {
		}

	}

	@RequiresRole("owner")
	static class RuledPreflight extends Preflight {

	}

	static class SecondDispatcher {

		private static Class<?> configuration = Second.class;

		@Bean
		ServletRegistrationBean<DispatcherServlet> second() {
			AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
			context.register(configuration);
			return new ServletRegistrationBean<>(new DispatcherServlet(context), "/second/*");
		}

	}

	@EnableWebMvc
	static class Second {

		@Bean
		HandlerMapping raw() {
			return (request) -> request.getRequestURI().equals("/second/raw/object")
					? new HandlerExecutionChain(new Ruled()) : null;
		}

	}

	@EnableWebMvc
	static class SecondWithPrecedence {

		@Bean
		HandlerMapping raw() {
			return new FirstRaw();
		}

	}

	static class FirstRaw implements HandlerMapping, PriorityOrdered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
			return request.getRequestURI().equals("/second/raw/object") ? new HandlerExecutionChain(new Ruled()) : null;
		}

	}

	static class SecondWithAdapter extends Second {

		@Bean
		HandlerAdapter firstAdapter() {
			return new FirstAdapter();
		}

	}

	@Import(Controllers.class)
	static class Intercepted {

		@Bean
		AtomicInteger intercepted() {
			return new AtomicInteger();
		}

		@Bean
		HandlerMapping raw(AtomicInteger intercepted) {
			return (request) -> request.getRequestURI().equals("/raw/object")
					? new HandlerExecutionChain(new Ruled(), new HandlerInterceptor() {
						@Override
						public boolean preHandle(HttpServletRequest request, HttpServletResponse response,
								Object handler) {
							intercepted.incrementAndGet();
							return true;
						}
					}) : null;
		}

		/** After the controllers. */
		@Bean
		HandlerMapping last() {
			return (request) -> request.getRequestURI().equals("/mapped")
					? new HandlerExecutionChain((HttpRequestHandler) (mapped, response) -> response.setStatus(500))
					: null;
		}

	}

	static class First {

		@Bean
		HandlerAdapter firstAdapter() {
			return new FirstAdapter();
		}

	}

	static class FirstAdapter implements HandlerAdapter, PriorityOrdered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public boolean supports(Object handler) {
			return handler instanceof HttpRequestHandler;
		}

		@Override
		public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
				throws Exception {
			((HttpRequestHandler) handler).handleRequest(request, response);
			return null;
		}

	}

	/** Has the chains of Spring MVC's mapping. */
	@Import({ Controllers.class, CountingGuard.class })
	static class OfChain {

		@Bean
		HandlerMapping raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new Chained(requestMappingHandlerMapping);
		}

	}

	record Chained(RequestMappingHandlerMapping controllers) implements HandlerMapping, Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
			return this.controllers.getHandler(request);
		}

	}

	static class CountingGuard implements HandlerGuard {

		private final AtomicInteger calls = new AtomicInteger();

		@Override
		public @Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller) {
			this.calls.incrementAndGet();
			return null;
		}

	}

}
