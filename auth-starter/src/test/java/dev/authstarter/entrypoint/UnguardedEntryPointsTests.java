package dev.authstarter.entrypoint;

import java.util.List;

import dev.authstarter.RequiresScope;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.rsocket.annotation.support.RSocketMessageHandler;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Entry points without a guard, and rules that would not be enforced: start-up warns or
 * fails.
 */
class UnguardedEntryPointsTests {

	private static final String[] PROPERTIES = { "auth-starter.issuer=" + TestToken.ISSUER,
			"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.public-paths=/me,/fails,/public/**" };

	private final WebApplicationContextRunner web = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues(PROPERTIES);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Greeter$Silent                    | Greeter$Silent#greet (call)                | CALL           | gRPC
					Listeners$Silent                  | Listeners$Silent#listen (listener)         | LISTENER       | @PermitAll
					Listeners$SilentJms               | Listeners$SilentJms#listen (listener)      | LISTENER       | @PermitAll
					Listeners$Composed                | Listeners$Composed#listen (listener)       | LISTENER       | @PermitAll
					Listeners$ByPayload               | Listeners$ByPayload#listen (listener)      | LISTENER       | @PermitAll
					UnguardedEntryPointsTests$RSocket | RSocketController#send (/send) (message)   | MESSAGE        | @RequiresScope
					UnguardedEntryPointsTests$Rest    | RestNotes (/notes/**)                      | RESOURCE_CLASS | spring.jersey.type
					""")
	void listsThemAndCannotDenyThem(String type, String name, Kind kind, String action) throws Exception {
		WebApplicationContextRunner context = this.web
			.withUserConfiguration(Class.forName("dev.authstarter.entrypoint." + type));
		context.run((started) -> assertThat(started.getBean(HandlerInventory.class).handlers())
			.filteredOn((handler) -> handler.kind() == kind)
			.singleElement()
			.matches(HandlerDescription::undeclared)
			.matches((handler) -> !handler.enforced()));
		context.withPropertyValues("auth-starter.undeclared-handlers=deny")
			.run((started) -> assertFailed(started.getStartupFailure(),
					"'auth-starter.undeclared-handlers' is 'deny', which cannot be enforced", name, action));
		context.withPropertyValues("auth-starter.undeclared-handlers=fail-start")
			.run((started) -> assertFailed(started.getStartupFailure(), "'fail-start'", name, "@PermitAll"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Greeter$Declared", "Listeners$Open", "UnguardedEntryPointsTests$RestWithRoles" })
	void startsWhereTheyAreDeclared(String type) throws Exception {
		Class<?> declared = Class.forName("dev.authstarter.entrypoint." + type);
		for (String setting : List.of("authenticated", "deny", "fail-start")) {
			this.web.withUserConfiguration(declared)
				.withPropertyValues("auth-starter.undeclared-handlers=" + setting)
				.run((started) -> assertThat(started).hasNotFailed());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Greeter$BoundByHand                           | Greeter$BoundByHand     | is not final
			Listeners$Ruled                               | Listeners$Ruled#listen  | a broker delivers messages
			Listeners$RuledByType                         | Listeners$RuledByType#listen    | a broker delivers messages
			Listeners$RuledByPayload                      | Listeners$RuledByPayload#listen | a broker delivers messages
			UnguardedEntryPointsTests$RestWithRule        | RuledRestNotes          | Jakarta REST calls
			UnguardedEntryPointsTests$RestWithIdleRoles   | RestAdmin               | Jakarta REST calls
			UnguardedEntryPointsTests$SocketWithRule      | RuledEcho               | have no security context
			""")
	void refusesRuleThatWouldBeComment(String type, String name, String why) throws Exception {
		Class<?> ruled = Class.forName("dev.authstarter.entrypoint." + type);
		for (String setting : List.of("authenticated", "deny", "fail-start")) {
			this.web.withUserConfiguration(ruled)
				.withPropertyValues("auth-starter.undeclared-handlers=" + setting)
				.run((started) -> assertFailed(started.getStartupFailure(), "The rule of", name, "cannot be enforced",
						why));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { ServletWithRule.class, ServletWithStockAnnotation.class, ServerEndpointWithRule.class,
			ServerEndpointWithStockAnnotation.class })
	void refusesRuleOfWhatTheContainerCalls(Class<?> ruled) {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class, ruled)
				.properties("server.port=0", PROPERTIES[0], PROPERTIES[1])
				.run()
				.close())
			.withMessageContaining("cannot be enforced")
			.satisfies((ex) -> assertThat(ex.action()).contains("'auth-starter.rules[0].path'"));
	}

	@Test
	void refusesStockAnnotationOnMethodThatTheServletCallsItself() {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class, ServletWithStockMethod.class)
				.properties("server.port=0", PROPERTIES[0], PROPERTIES[1])
				.run()
				.close())
			.havingRootCause()
			.isInstanceOf(AccessRuleException.class)
			.withMessageContaining("PreAuthorizedServlet#doGet cannot be enforced: only "
					+ "jakarta.servlet.http.HttpServlet calls the method");
	}

	@ParameterizedTest
	@ValueSource(classes = { FilterWithRule.class, FilterWithStockAnnotation.class })
	void refusesRuleOfFilterThatIsNoBean(Class<?> ruled) {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class, ruled)
				.properties("server.port=0", PROPERTIES[0], PROPERTIES[1])
				.run()
				.close())
			.withMessageContaining("cannot be enforced: the server calls a filter that is not a bean")
			.satisfies((ex) -> assertThat(ex.action()).startsWith("Make the filter a bean"));
	}

	@Test
	void refusesMessagesWithoutRuleBehindPublicHandshake() {
		this.web.withUserConfiguration(ServedApi.Stomp.class, ServedApi.MessageController.class)
			.withPropertyValues("auth-starter.public-paths=/stomp")
			.run((started) -> assertFailed(started.getStartupFailure(), "The handshake of WebSocket messages is public",
					"SubProtocolWebSocketHandler (/stomp)", "MessageController#send"));
	}

	@Test
	void looksAtListenersAndCallsWithoutWebServer() {
		ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(NoWeb.class)
			.withPropertyValues(PROPERTIES);
		context.run((started) -> assertThat(started).hasNotFailed());
		context.withUserConfiguration(Listeners.Ruled.class)
			.run((started) -> assertFailed(started.getStartupFailure(), "Listeners$Ruled#listen"));
		context.withUserConfiguration(Greeter.Silent.class)
			.withPropertyValues("auth-starter.undeclared-handlers=fail-start")
			.run((started) -> assertFailed(started.getStartupFailure(), "Greeter$Silent#greet"));
	}

	@Test
	void enforcesRuleOfGrpcMethod() {
		this.web.withUserConfiguration(Greeter.Declared.class, Greeter.Silent.class).run((started) -> {
			assertThat(greet(started.getBean(Greeter.Silent.class))).isEqualTo("hello you");
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> greet(started.getBean(Greeter.Declared.class)));
		});
	}

	private static String greet(BindableService service) throws Exception {
		Server server = InProcessServerBuilder.forName("greeter").directExecutor().addService(service).build().start();
		ManagedChannel channel = InProcessChannelBuilder.forName("greeter").directExecutor().build();
		try {
			return ClientCalls.blockingUnaryCall(channel, Greeter.GREET, CallOptions.DEFAULT, "you");
		}
		finally {
			channel.shutdownNow();
			server.shutdownNow();
		}
	}

	@Test
	void namesRuleOfPathThatNothingHas() {
		this.web
			.withPropertyValues("auth-starter.rules[0].path=/nowhere/**", "auth-starter.rules[0].scopes=a",
					"auth-starter.rules[1].path=/fails", "auth-starter.rules[1].scopes=a")
			.run((started) -> assertThat(started.getBean(HandlerInventory.class).warnings()).singleElement()
				.asString()
				.contains("'auth-starter.rules' has a rule for '/nowhere/**'"));
	}

	private static void assertFailed(@Nullable Throwable failure, String... texts) {
		assertThat(failure).isInstanceOfSatisfying(AccessRuleException.class,
				(ex) -> assertThat(ex.getMessage() + ex.action()).contains(texts));
	}

	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class NoWeb {

	}

	/** Served by no web server of ours. */
	static class RSocket {

		@Bean
		RSocketMessageHandler messageHandler() {
			return new RSocketMessageHandler();
		}

		@Bean
		RSocketController controller() {
			return new RSocketController();
		}

	}

	@Controller
	static class RSocketController {

		@MessageMapping("/send")
		void send(String text) {
		}

	}

	/** Served by a filter, so that its paths are unknown. */
	static class Rest {

		@Bean
		ResourceConfig resources() {
			return new ResourceConfig(ServedApi.RestNotes.class);
		}

	}

	static class RestWithRule {

		@Bean
		ResourceConfig resources() {
			return new ResourceConfig(RuledRestNotes.class);
		}

	}

	static class RestWithIdleRoles {

		@Bean
		ResourceConfig resources() {
			return new ResourceConfig(RestAdmin.class);
		}

	}

	static class RestWithRoles {

		@Bean
		ResourceConfig resources() {
			return new ResourceConfig(RestAdmin.class, RolesAllowedDynamicFeature.class);
		}

	}

	@Path("/ruled")
	public static class RuledRestNotes {

		@GET
		@RequiresScope("read:notes")
		public String list() {
			return "notes";
		}

	}

	@Path("/admin")
	@RolesAllowed("admin")
	public static class RestAdmin {

		@GET
		public String list() {
			return "admin";
		}

	}

	@EnableWebSocket
	static class SocketWithRule implements WebSocketConfigurer {

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new RuledEcho(), "/ruled").withSockJS();
		}

	}

	@RequiresScope("echo")
	static class RuledEcho extends TextWebSocketHandler {

	}

	static class ServletWithRule {

		@Bean
		ServletRegistrationBean<RuledServlet> ruled() {
			return new ServletRegistrationBean<>(new RuledServlet(), "/ruled");
		}

	}

	@RequiresScope("legacy")
	static class RuledServlet extends HttpServlet {

	}

	static class ServletWithStockAnnotation {

		@Bean
		ServletRegistrationBean<DeniedServlet> denied() {
			return new ServletRegistrationBean<>(new DeniedServlet(), "/denied");
		}

	}

	@DenyAll
	static class DeniedServlet extends HttpServlet {

	}

	/** As a bean it has a proxy, which the method is not called through. */
	static class ServletWithStockMethod {

		@Bean
		PreAuthorizedServlet preAuthorized() {
			return new PreAuthorizedServlet();
		}

	}

	static class PreAuthorizedServlet extends HttpServlet {

		@Override
		@PreAuthorize("denyAll()")
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
		}

	}

	static class FilterWithRule {

		@Bean
		FilterRegistrationBean<RuledFilter> ruled() {
			return new FilterRegistrationBean<>(new RuledFilter());
		}

	}

	@RequiresScope("legacy")
	static class RuledFilter implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
		}

	}

	static class FilterWithStockAnnotation {

		@Bean
		FilterRegistrationBean<DeniedFilter> denied() {
			return new FilterRegistrationBean<>(new DeniedFilter());
		}

	}

	@DenyAll
	static class DeniedFilter implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
		}

	}

	static class ServerEndpointWithStockAnnotation {

		@Bean
		DeniedChat chat() {
			return new DeniedChat();
		}

	}

	@ServerEndpoint("/denied")
	@DenyAll
	public static class DeniedChat {

	}

	static class ServerEndpointWithRule {

		@Bean
		RuledChat chat() {
			return new RuledChat();
		}

	}

	@ServerEndpoint("/ruled")
	@RequiresScope("chat")
	public static class RuledChat {

	}

}
