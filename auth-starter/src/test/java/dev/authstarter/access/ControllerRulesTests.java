package dev.authstarter.access;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.annotation.PostConstruct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A rule on the type of a controller also applies to calls that are no requests, and a
 * controller that only requests call is not proxied.
 */
class ControllerRulesTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	@ParameterizedTest
	@MethodSource("callsThatAreNoRequests")
	void holdsOtherCallersToTheRuleOfTheType(String method, Consumer<Mixed> call) {
		this.context.withBean(Mixed.class)
			.run((started) -> assertThatExceptionOfType(AccessDeniedException.class).as(method)
				.isThrownBy(() -> call.accept(started.getBean(Mixed.class))));
	}

	static Stream<Arguments> callsThatAreNoRequests() {
		return Stream.of(Arguments.of("message", (Consumer<Mixed>) Mixed::message),
				Arguments.of("event", (Consumer<Mixed>) (mixed) -> mixed.event("x")),
				Arguments.of("timer", (Consumer<Mixed>) Mixed::timer),
				Arguments.of("plain", (Consumer<Mixed>) Mixed::plain),
				Arguments.of("request and message", (Consumer<Mixed>) Mixed::both));
	}

	@Test
	void leavesRequestsToTheGuards() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(MixedApi.class).run(
				"--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
				"--auth-starter.audience=" + TestToken.AUDIENCE)) {
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			TestToken valid = TestToken.validAt(TestApi.NOW);
			for (String path : List.of("/mixed/request", "/mixed/failing", "/mixed/exchange", "/mixed/both")) {
				assertThat(http.answer(path, valid.signed())).as(path).isEqualTo("403 insufficient_scope");
				assertThat(http.getWithToken(path, valid.with("scope", "mixed").signed()).body()).as(path)
					.isEqualTo("modelled");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("calledByRequestsOnly")
	void proxiesNoControllerThatOnlyRequestsCall(Class<?> controller) {
		this.context.withBean(controller).run((started) -> {
			assertThat(started).hasNotFailed();
			assertThat(AopUtils.isAopProxy(started.getBean(controller))).isFalse();
		});
	}

	static Stream<Class<?>> calledByRequestsOnly() {
		return Stream.of(RequestsOnly.class, FinalWithHelpers.class, Exchanged.class);
	}

	@ParameterizedTest
	@MethodSource("controllersThatCannotBeProxied")
	void failsWhereControllerCannotBeProxied(Class<?> controller, String message) {
		this.context.withBean(controller).run((started) -> {
			Throwable failure = started.getStartupFailure();
			assertThat(failure).isNotNull();
			assertThat(NestedExceptionUtils.getMostSpecificCause(failure)).isInstanceOf(AccessRuleException.class)
				.hasMessageContaining(message);
		});
	}

	static Stream<Arguments> controllersThatCannotBeProxied() {
		return Stream.of(
				Arguments.of(FinalWithMessage.class,
						"FinalWithMessage#message cannot be enforced: the class is final and the bean is proxied"),
				Arguments.of(FinalWithPublicMethod.class,
						"FinalWithPublicMethod#plain cannot be enforced: the class is final"),
				Arguments.of(PrivateMessage.class, "PrivateMessage#message cannot be enforced: the method is private"),
				Arguments.of(PrivateHandlerOfProxy.class,
						"The handler " + PrivateHandlerOfProxy.class.getName() + "#request cannot be called"),
				Arguments.of(FinalHandlerOfProxy.class, "but the method is final and the bean is proxied"));
	}

	@Import({ TestApi.class, Mixed.class })
	static class MixedApi {

	}

	/** Fields are empty in a proxy, so a method that reads them runs on the target. */
	@RestController
	@RequiresScope("mixed")
	static class Mixed {

		private final String answer = "modelled";

		@GetMapping("/mixed/request")
		String request() {
			return this.answer;
		}

		@GetMapping("/mixed/failing")
		String failing() {
			throw new IllegalStateException();
		}

		@GetExchange("/mixed/exchange")
		public String exchange() {
			return this.answer;
		}

		@GetMapping("/mixed/both")
		@MessageMapping("both")
		String both() {
			return this.answer;
		}

		@ExceptionHandler(IllegalStateException.class)
		String failed() {
			return this.answer;
		}

		@ModelAttribute("model")
		public String model() {
			return this.answer;
		}

		@InitBinder
		public void bind() {
		}

		@MessageMapping("message")
		void message() {
		}

		@EventListener
		void event(String event) {
		}

		@Scheduled(fixedDelay = 1_000_000)
		void timer() {
		}

		public String plain() {
			return this.answer;
		}

	}

	@RestController
	@RequiresScope("requests")
	static class RequestsOnly implements InitializingBean {

		@GetMapping("/requests")
		public final String request() {
			return helper();
		}

		String helper() {
			return "helped";
		}

		@Autowired
		public void setEnvironment(Environment environment) {
		}

		@PostConstruct
		public void prepare() {
		}

		@Override
		public void afterPropertiesSet() {
		}

		@ModelAttribute
		public void model() {
		}

		@Override
		public String toString() {
			return "requests";
		}

	}

	@RestController
	@RequiresScope("requests")
	static final class FinalWithHelpers {

		@GetMapping("/requests")
		String request() {
			return helper();
		}

		String helper() {
			return "helped";
		}

		@Bean
		public String product() {
			return "product";
		}

	}

	interface Exchange {

		@GetExchange("/exchanged")
		String request();

	}

	@RestController
	@RequiresScope("requests")
	static final class Exchanged implements Exchange {

		@Override
		public String request() {
			return "exchanged";
		}

	}

	@RestController
	@RequiresScope("messages")
	static final class FinalWithMessage {

		@GetMapping("/requests")
		String request() {
			return "request";
		}

		@MessageMapping("message")
		void message() {
		}

	}

	@RestController
	@RequiresScope("messages")
	static final class FinalWithPublicMethod {

		@GetMapping("/requests")
		String request() {
			return "request";
		}

		public void plain() {
		}

	}

	@RestController
	@RequiresScope("messages")
	static class PrivateMessage {

		@GetMapping("/requests")
		String request() {
			return "request";
		}

		@MessageMapping("message")
		@SuppressWarnings("UnusedMethod")
		private void message() {
		}

	}

	@RestController
	@RequiresScope("messages")
	static class PrivateHandlerOfProxy {

		@GetMapping("/requests")
		@SuppressWarnings("UnusedMethod")
		private String request() {
			return "request";
		}

		@MessageMapping("message")
		void message() {
		}

	}

	@RestController
	@RequiresScope("messages")
	static class FinalHandlerOfProxy {

		@GetMapping("/requests")
		public final String request() {
			return "request";
		}

		@MessageMapping("message")
		void message() {
		}

	}

}
