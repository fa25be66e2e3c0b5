package dev.authstarter.access;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.authstarter.AccessToken;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.annotation.security.DenyAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.format.FormatterRegistry;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Calls that reach a method beside its proxy or beside its handler's rule, and callers
 * with rights that their token does not have.
 */
class EscapingCallsTests {

	private static final List<String> RAN = new CopyOnWriteArrayList<>();

	private static final TestToken WEAK = TestToken.validAt(TestApi.NOW);

	/** Of an endpoint, a listener and a handler that the application registers itself. */
	@ParameterizedTest
	@CsvSource({ "HiddenEndpoint, The rule of ", "StockHiddenEndpoint, The security annotation of ",
			"StaticListener, The rule of ", "PrivateListener, The rule of ",
			"Registered, The security annotation of " })
	void startFailsForHiddenMethodUnderTheRuleOfItsType(String beans, String sentence) throws ClassNotFoundException {
		Class<?> configuration = Class.forName(EscapingCallsTests.class.getName() + "$" + beans);
		assertThat(failureOf(configuration)).hasMessageContaining(sentence)
			.hasMessageMatching("(?s).*cannot be enforced: the method is (private|static).*");
	}

	@Test
	void startFailsForAnnotationOfInterfaceThatOnlyTheBridgeHas() {
		assertThat(failureOf(Covariant.class)).hasMessageContaining("The security annotations of")
			.hasMessageContaining("cannot be enforced for " + PublicLoader.class.getName() + "#load");
	}

	@Test
	void annotationOfTypeOfThatInterfaceIsEnforced() {
		try (ConfigurableApplicationContext started = start(CovariantByType.class)) {
			assertThat(calls(started).get("/vault/1", "Authorization", "Bearer " + WEAK.signed()).statusCode())
				.isEqualTo(403);
		}
	}

	@Test
	void tokenDoesNotGetTheAuthoritiesOfAnotherAuthentication() {
		try (ConfigurableApplicationContext started = start(Gateway.class)) {
			HttpCalls http = calls(started);
			String token = "Bearer " + WEAK.signed();
			assertThat(http.get("/owner", "Authorization", token).statusCode()).isEqualTo(403);
			assertThat(http.get("/owner", "Authorization", token, "X-Client", "gateway").statusCode()).isEqualTo(403);
			assertThat(http.get("/roles", "Authorization", token, "X-Client", "gateway").body())
				.isEqualTo(http.get("/roles", "Authorization", token).body());
		}
	}

	@Test
	void listenerIsNotCalledForEventOfApplicationWithoutItsCaller() {
		RAN.clear();
		try (ConfigurableApplicationContext started = start(LostCaller.class)) {
			calls(started).get("/lost", "Authorization", "Bearer " + WEAK.signed());
			assertThat(RAN).isEmpty();
		}
	}

	@Test
	void containerCallsBeansWithRulesOnTheirTypes() {
		RAN.clear();
		start(Warmed.class, Listening.class, Selective.class, Configuring.class).close();
		assertThat(RAN).containsExactlyInAnyOrder("warmed", "listening", "selective", "configuring");
	}

	private static Throwable failureOf(Class<?> beans) {
		Throwable thrown = catchThrowable(() -> start(beans).close());
		while (thrown != null && !(thrown instanceof AccessRuleException)) {
			thrown = thrown.getCause();
		}
		return Objects.requireNonNull(thrown, "The application starts");
	}

	private static ConfigurableApplicationContext start(Class<?>... beans) {
		return new SpringApplicationBuilder(TestApi.class).sources(beans)
			.run("--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
					"--auth-starter.audience=" + TestToken.AUDIENCE, "--auth-starter.undeclared-handlers=authenticated",
					"--management.endpoints.web.exposure.include=*");
	}

	private static HttpCalls calls(ConfigurableApplicationContext started) {
		return new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	interface Loads<T> {

		@DenyAll
		@GetMapping("/vault/{id}")
		T load(String id);

	}

	@RestController
	static class Covariant extends PublicLoader implements Loads<String> {

	}

	@DenyAll
	interface LoadsNothing<T> {

		@GetMapping("/vault/{id}")
		T load(String id);

	}

	@RestController
	static class CovariantByType extends PublicLoader implements LoadsNothing<String> {

	}

	public static class PublicLoader {

		public String load(@PathVariable("id") String id) {
			return "SECRET " + id;
		}

	}

	@RestController
	static class Gateway {

		@GetMapping("/owner")
		@RequiresRole("owner")
		public String owner() {
			return "SECRET";
		}

		@GetMapping("/roles")
		@RequiresScope("read:notes")
		public String roles(AccessToken token) {
			return token.roles() + " " + token.scopes();
		}

		@Bean
		static Customizer<HttpSecurity> gateway() {
			return (http) -> {
				PreAuthenticatedAuthenticationProvider provider = new PreAuthenticatedAuthenticationProvider();
				provider.setPreAuthenticatedUserDetailsService(
						(token) -> User.withUsername(token.getName()).password("").authorities("ROLE_owner").build());
				RequestHeaderAuthenticationFilter filter = new RequestHeaderAuthenticationFilter();
				filter.setPrincipalRequestHeader("X-Client");
				filter.setExceptionIfHeaderMissing(false);
				filter.setAuthenticationManager(new ProviderManager(provider));
				http.addFilterBefore(filter, BearerTokenAuthenticationFilter.class);
			};
		}

	}

	@SuppressWarnings("unused") // called by Spring Boot
	@Endpoint(id = "hidden")
	@RequiresScope("vault")
	static class HiddenEndpoint {

		@ReadOperation
		private Map<String, String> read() {
			return Map.of("SECRET", "1");
		}

	}

	@SuppressWarnings("unused") // called by Spring Boot
	@Endpoint(id = "stockhidden")
	@PreAuthorize("denyAll()")
	static class StockHiddenEndpoint {

		@ReadOperation
		private Map<String, String> read() {
			return Map.of("SECRET", "1");
		}

	}

	static class Registered {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		InitializingBean registers(RequestMappingHandlerMapping requestMappingHandlerMapping) {
			Method method = Objects.requireNonNull(ReflectionUtils.findMethod(Handlers.class, "handle"));
			return () -> requestMappingHandlerMapping.registerMapping(RequestMappingInfo.paths("/registered")
				.options(requestMappingHandlerMapping.getBuilderConfiguration())
				.build(), "handlers", method);
		}

	}

	@SuppressWarnings("unused") // called by Spring MVC
	@PreAuthorize("denyAll()")
	static class Handlers {

		@ResponseBody
		private String handle() {
			return "SECRET";
		}

		@ResponseBody
		String other() {
			return "other";
		}

	}

	record Happened(String what) {

	}

	@SuppressWarnings("unused") // called by the container
	@RequiresScope("purge")
	static class PrivateListener {

		@EventListener
		private void on(Happened event) {
		}

	}

	@RequiresScope("purge")
	static class StaticListener {

		@EventListener
		static void on(Happened event) {
		}

	}

	@RequiresScope("warm")
	static class Listening {

		@EventListener
		void on(ApplicationReadyEvent event) {
			RAN.add("listening");
		}

	}

	@RequiresScope("warm")
	static class Selective implements SmartApplicationListener {

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
			return type == ApplicationReadyEvent.class;
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
			RAN.add("selective");
		}

	}

	@RequiresScope("warm")
	static class Configuring implements WebMvcConfigurer {

		@Override
		public void addFormatters(FormatterRegistry registry) {
			RAN.add("configuring");
		}

	}

	@RequiresScope("warm")
	static class Warmed implements ApplicationListener<ApplicationReadyEvent> {

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			RAN.add("warmed");
		}

	}

	@RestController
	static class LostCaller {

		private final ApplicationEventPublisher events;

		LostCaller(ApplicationEventPublisher events) {
			this.events = events;
		}

		@GetMapping("/lost")
		String publish() {
			CompletableFuture.runAsync(() -> this.events.publishEvent(new Purge(this))).join();
			return "published";
		}

		@Bean
		static OldPurger purger() {
			return new OldPurger();
		}

	}

	static class Purge extends ApplicationEvent {

		Purge(Object source) {
			super(source);
		}

	}

	@RequiresScope("purge")
	static class OldPurger implements ApplicationListener<Purge> {

		@Override
		public void onApplicationEvent(Purge event) {
			RAN.add("purged");
		}

	}

}
