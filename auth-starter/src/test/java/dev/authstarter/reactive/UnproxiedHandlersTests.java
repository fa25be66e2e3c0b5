package dev.authstarter.reactive;

import java.util.List;
import java.util.Map;

import dev.authstarter.RequiresRole;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestTrust;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.handler.FilteringWebHandler;
import org.springframework.web.server.handler.WebHandlerDecorator;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.AbstractController;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Start-up fails for handlers whose rules only a proxy enforces and that are no beans,
 * and for an adapter that would call handlers before their guards.
 */
class UnproxiedHandlersTests {

	@ParameterizedTest
	@ValueSource(classes = { StockHandler.class, StockSocket.class, DecoratedStockHandler.class, RuleFunction.class,
			StockFunction.class, FilteredFunction.class, HandlerAsFunction.class, StockDecorator.class,
			OtherProxy.class, RuleBehindHandler.class })
	void objectsOnWebFluxAreNamed(Class<?> mapping) {
		fails(new ReactiveWebApplicationContextRunner().withUserConfiguration(Application.class, mapping),
				"of " + UnproxiedHandlersTests.class.getName(), "has no proxy for them");
	}

	@ParameterizedTest
	@ValueSource(classes = { MvcStockHandler.class, MvcRuleFunction.class, MvcStockFunction.class, MvcOtherProxy.class,
			MvcStockChain.class, MvcHandlerAsFunction.class, MvcStockSocket.class, MvcDecoratedSocket.class,
			MvcRuleBehindHandler.class, MvcRuleOfTemplateMethod.class })
	void objectsOnSpringMvcAreNamed(Class<?> mapping) {
		fails(new WebApplicationContextRunner().withUserConfiguration(Application.class, mapping),
				"of " + UnproxiedHandlersTests.class.getName(), "has no proxy for them");
	}

	@Test
	void adapterOfTheHighestPrecedenceIsNamed() {
		fails(new ReactiveWebApplicationContextRunner().withUserConfiguration(FirstAdapter.class, Application.class),
				"the HandlerAdapter 'firstAdapter' would be asked before the one of auth-starter");
	}

	@Test
	void proxiesThatFindTheirBeansLaterAreNotNamed() {
		new ReactiveWebApplicationContextRunner().withUserConfiguration(Application.class, LazyHandler.class)
			.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void fails(AbstractApplicationContextRunner<?, ?, ?> runner, String... texts) {
		runner.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one")
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(AccessRuleException.class)
				.hasMessageContainingAll(texts));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class StockHandler {

		@Bean
		SimpleUrlHandlerMapping objects() {
			return new SimpleUrlHandlerMapping(Map.of("/object", new Stock()), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DecoratedStockHandler {

		@Bean
		SimpleUrlHandlerMapping objects() {
			return new SimpleUrlHandlerMapping(Map.of("/object", new FilteringWebHandler(new Stock(), List.of())), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StockDecorator {

		@Bean
		SimpleUrlHandlerMapping objects() {
			return new SimpleUrlHandlerMapping(Map.of("/object", new Decorator((exchange) -> Mono.empty())), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherProxy {

		@Bean
		SimpleUrlHandlerMapping objects() {
			return new SimpleUrlHandlerMapping(Map.of("/object", proxy(new Stock())), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RuleBehindHandler {

		@Bean
		SimpleUrlHandlerMapping objects() {
			return new SimpleUrlHandlerMapping(Map.of("/object", new CallsItself()), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcRuleBehindHandler {

		@Bean
		org.springframework.web.servlet.handler.SimpleUrlHandlerMapping objects() {
			return new org.springframework.web.servlet.handler.SimpleUrlHandlerMapping(
					Map.of("/object", new MvcCallsItself()), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcRuleOfTemplateMethod {

		@Bean
		org.springframework.web.servlet.handler.SimpleUrlHandlerMapping objects() {
			return new org.springframework.web.servlet.handler.SimpleUrlHandlerMapping(
					Map.of("/object", new MvcTemplateMethod()), 1);
		}

	}

	static class CallsItself implements WebHandler {

		@Override
		public Mono<Void> handle(ServerWebExchange exchange) {
			return secret();
		}

		@RequiresRole("owner")
		public Mono<Void> secret() {
			return Mono.empty();
		}

	}

	static class MvcCallsItself implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
			secret();
		}

		@RequiresRole("owner")
		public void secret() {
		}

	}

	static class MvcTemplateMethod extends AbstractController {

		@Override
		@RequiresRole("owner")
		protected @Nullable ModelAndView handleRequestInternal(HttpServletRequest request,
				HttpServletResponse response) {
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyHandler {

		@Bean
		Stock stock() {
			return new Stock();
		}

		@Bean
		SimpleUrlHandlerMapping objects(@Lazy Stock stock) {
			return new SimpleUrlHandlerMapping(Map.of("/object", stock), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StockSocket {

		@Bean
		SimpleUrlHandlerMapping objects() {
			return new SimpleUrlHandlerMapping(Map.of("/object", new Socket()), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RuleFunction {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route().GET("/object", new WithRule()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StockFunction {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route().GET("/object", new WithExpression()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerAsFunction {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route().GET("/object", new HandlerWithRule()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FilteredFunction {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route()
				.path("/outer",
						(builder) -> builder.GET("/object", new WithRule())
							.filter((request, next) -> next.handle(request)))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcStockHandler {

		@Bean
		org.springframework.web.servlet.handler.SimpleUrlHandlerMapping objects() {
			return new org.springframework.web.servlet.handler.SimpleUrlHandlerMapping(
					Map.of("/object", new MvcStock()), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcOtherProxy {

		@Bean
		org.springframework.web.servlet.handler.SimpleUrlHandlerMapping objects() {
			return new org.springframework.web.servlet.handler.SimpleUrlHandlerMapping(
					Map.of("/object", proxy(new MvcStock())), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcStockChain {

		@Bean
		org.springframework.web.servlet.handler.SimpleUrlHandlerMapping objects() {
			return new org.springframework.web.servlet.handler.SimpleUrlHandlerMapping(
					Map.of("/object", new HandlerExecutionChain(new MvcStock())), 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class MvcStockSocket implements WebSocketConfigurer {

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new MvcSocket(), "/object");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class MvcDecoratedSocket implements WebSocketConfigurer {

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new MvcSocketDecorator(new TextWebSocketHandler()), "/object");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcRuleFunction {

		@Bean
		org.springframework.web.servlet.function.RouterFunction<org.springframework.web.servlet.function.ServerResponse> routes() {
			return org.springframework.web.servlet.function.RouterFunctions.route()
				.GET("/object", new MvcWithRule())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcHandlerAsFunction {

		@Bean
		org.springframework.web.servlet.function.RouterFunction<org.springframework.web.servlet.function.ServerResponse> routes() {
			return org.springframework.web.servlet.function.RouterFunctions.route()
				.GET("/object", new MvcHandlerWithRule())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MvcStockFunction {

		@Bean
		org.springframework.web.servlet.function.RouterFunction<org.springframework.web.servlet.function.ServerResponse> routes() {
			return org.springframework.web.servlet.function.RouterFunctions.route()
				.GET("/object", new MvcWithExpression())
				.build();
		}

	}

	/** A proxy of the application, for example to measure calls. */
	private static Object proxy(Object target) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
		return factory.getProxy();
	}

	@PreAuthorize("hasRole('owner')")
	static class Decorator extends WebHandlerDecorator {

		Decorator(WebHandler inner) {
			super(inner);
		}

	}

	@PreAuthorize("hasRole('owner')")
	static class MvcSocket extends TextWebSocketHandler {

	}

	@PreAuthorize("hasRole('owner')")
	static class MvcSocketDecorator extends WebSocketHandlerDecorator {

		MvcSocketDecorator(org.springframework.web.socket.WebSocketHandler inner) {
			super(inner);
		}

	}

	@PreAuthorize("hasRole('owner')")
	static class Stock implements WebHandler {

		@Override
		public Mono<Void> handle(ServerWebExchange exchange) {
			return Mono.empty();
		}

	}

	@PreAuthorize("hasRole('owner')")
	static class Socket implements WebSocketHandler {

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	@RequiresRole("owner")
	static class WithRule implements HandlerFunction<ServerResponse> {

		@Override
		public Mono<ServerResponse> handle(ServerRequest request) {
			return ServerResponse.ok().build();
		}

	}

	/**
	 * Its rule is that of the function, although WebFlux could call it in another way.
	 */
	static class HandlerWithRule implements HandlerFunction<ServerResponse>, WebHandler {

		@Override
		@RequiresRole("owner")
		public Mono<ServerResponse> handle(ServerRequest request) {
			return ServerResponse.ok().build();
		}

		@Override
		public Mono<Void> handle(ServerWebExchange exchange) {
			return Mono.empty();
		}

	}

	@PreAuthorize("hasRole('owner')")
	static class WithExpression implements HandlerFunction<ServerResponse> {

		@Override
		public Mono<ServerResponse> handle(ServerRequest request) {
			return ServerResponse.ok().build();
		}

	}

	@PreAuthorize("hasRole('owner')")
	static class MvcStock implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
			response.setStatus(200);
		}

	}

	@RequiresRole("owner")
	static class MvcWithRule implements
			org.springframework.web.servlet.function.HandlerFunction<org.springframework.web.servlet.function.ServerResponse> {

		@Override
		public org.springframework.web.servlet.function.ServerResponse handle(
				org.springframework.web.servlet.function.ServerRequest request) {
			return org.springframework.web.servlet.function.ServerResponse.ok().build();
		}

	}

	static class MvcWithMethodRule implements
			org.springframework.web.servlet.function.HandlerFunction<org.springframework.web.servlet.function.ServerResponse> {

		@Override
		@RequiresRole("owner")
		public org.springframework.web.servlet.function.ServerResponse handle(
				org.springframework.web.servlet.function.ServerRequest request) {
			return org.springframework.web.servlet.function.ServerResponse.ok().build();
		}

	}

	static class MvcHandlerWithRule extends MvcWithMethodRule implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
			response.setStatus(200);
		}

	}

	@PreAuthorize("hasRole('owner')")
	static class MvcWithExpression implements
			org.springframework.web.servlet.function.HandlerFunction<org.springframework.web.servlet.function.ServerResponse> {

		@Override
		public org.springframework.web.servlet.function.ServerResponse handle(
				org.springframework.web.servlet.function.ServerRequest request) {
			return org.springframework.web.servlet.function.ServerResponse.ok().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FirstAdapter {

		@Bean
		HandlerAdapter firstAdapter() {
			return new First();
		}

	}

	/**
	 * As early as the adapter that calls the guards.
	 */
	static final class First implements HandlerAdapter, PriorityOrdered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public boolean supports(Object handler) {
			return false;
		}

		@Override
		public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
			return Mono.empty();
		}

	}

}
