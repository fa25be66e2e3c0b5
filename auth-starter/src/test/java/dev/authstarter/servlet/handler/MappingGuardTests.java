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
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Controller;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Handlers of mappings that call no interceptors of Spring MVC.
 */
class MappingGuardTests {

	/** Without the mapping of static resources, which takes every path. */
	private static final String[] PROPERTIES = { "--spring.web.resources.add-mappings=false", "--server.port=0",
			"--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE };

	private final TestToken caller = TestToken.validAt(TestApi.NOW);

	@ParameterizedTest
	@ValueSource(classes = { OfClass.class, OfFinalClass.class, OfFinalMethod.class, OfSealedClass.class,
			OfLambda.class, OfRecord.class, Injected.class })
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
	@ValueSource(classes = { OfClass.class, OfFinalClass.class, OfFinalMethod.class, OfSealedClass.class,
			OfLambda.class, OfRecord.class })
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
	void mappingIsThatOfTheApplication() {
		try (ConfigurableApplicationContext started = start(OfClass.class)) {
			assertThat(started.getBean(Raw.class).getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
		}
	}

	@Test
	void callsGuardsOnceForTheChainOfAnotherMapping() {
		try (ConfigurableApplicationContext started = start(OfChain.class)) {
			assertThat(status(started, "/mapped", owner())).isEqualTo(200);
			assertThat(started.getBean(CountingGuard.class).calls).hasValue(1);
		}
	}

	@Test
	void failsStartWhereTheMappingIsNoBeanThatIsProcessed() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class).initializers(
					(context) -> context.getBeanFactory().registerSingleton("raw", (HandlerMapping) (request) -> null))
				.run(arguments("--auth-starter.undeclared-handlers=deny")))
			.withMessageContaining("cannot be enforced");
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

	static sealed class SealedRaw extends Raw {

		SealedRaw(RequestMappingHandlerMapping controllers) {
			super(controllers);
		}

	}

	static final class OfSealed extends SealedRaw {

		OfSealed(RequestMappingHandlerMapping controllers) {
			super(controllers);
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
	static class OfSealedClass {

		@Bean
		HandlerMapping raw(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			return new SealedRaw(requestMappingHandlerMapping);
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

	/** The application injects the mapping by its class. */
	@Import(OfClass.class)
	static class Injected {

		@Bean
		Map<String, Integer> orders(Raw raw) {
			return Map.of("raw", raw.getOrder());
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
