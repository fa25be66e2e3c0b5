package dev.authstarter.access;

import java.util.Optional;

import dev.authstarter.RequiresScope;
import jakarta.annotation.security.DenyAll;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.ApplicationObjectSupport;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Beans whose rules a proxy enforces only in part, or not at all.
 */
final class OddBeans {

	private OddBeans() {
	}

	@RequiresScope("read")
	static sealed class Sealed permits Unsealed {

		public String read() {
			return "secret";
		}

	}

	static final class Unsealed extends Sealed {

	}

	@Configuration
	static class BeanMethod {

		@Bean
		@RequiresScope("read")
		Silent product() {
			return new Silent();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@RequiresScope("read")
	static class BeanMethodUnderType {

		@Bean
		Silent product() {
			return new Silent();
		}

	}

	static class StockPrivate {

		@DenyAll
		@SuppressWarnings("UnusedMethod")
		private String read() {
			return "secret";
		}

	}

	@DenyAll
	static class StockFinal {

		public final String read() {
			return "secret";
		}

	}

	static class Silent {

		public String read() {
			return "secret";
		}

	}

	@DenyAll
	static class StockInherits extends Silent {

	}

	static class HiddenSpeaker {

		@RequiresScope("speak")
		public String speak() {
			return "spoken";
		}

	}

	public static class Seen extends HiddenSpeaker {

	}

	static class HiddenStockSpeaker {

		@DenyAll
		public String speak() {
			return "spoken";
		}

	}

	public static class SeenStock extends HiddenStockSpeaker {

	}

	interface Speaking {

		String speak();

	}

	static class Speaker implements Speaking {

		@Override
		@RequiresScope("speak")
		public String speak() {
			return "spoken";
		}

	}

	static class StockSpeaker implements Speaking {

		@Override
		@DenyAll
		public String speak() {
			return "spoken";
		}

	}

	@RequiresScope("advise")
	static class GuardedAdvice implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			return invocation.proceed();
		}

	}

	/** Spring starts and stops it, and others may, too. */
	@RequiresScope("read")
	static class StartedAndStopped implements SmartLifecycle, ApplicationListener<ContextRefreshedEvent> {

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return true;
		}

	}

	/** Spring calls these on the proxy while it starts. */
	@RequiresScope("read")
	static class CalledByTheContainer extends ApplicationObjectSupport
			implements SmartLifecycle, SmartInitializingSingleton, Ordered, FactoryBean<String> {

		@Override
		public String getObject() {
			return "made";
		}

		@Override
		public Class<?> getObjectType() {
			return String.class;
		}

		@Override
		public void afterSingletonsInstantiated() {
		}

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

	/** Only the class itself declares it. */
	@RequiresScope("read")
	static class Spoken extends Speaker {

		private String internal() {
			return "internal";
		}

		@Override
		public String toString() {
			return internal();
		}

	}

	/** Spring calls it for every request. */
	@RequiresScope("read")
	static class Router implements RouterFunction<ServerResponse> {

		@Override
		public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
			return Optional.empty();
		}

	}

	@DenyAll
	static class StockRouter implements RouterFunction<ServerResponse> {

		@Override
		public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
			return Optional.empty();
		}

	}

	static class ReactiveRouter
			implements org.springframework.web.reactive.function.server.RouterFunction<ReactiveResponse> {

		@Override
		@RequiresScope("read")
		public Mono<org.springframework.web.reactive.function.server.HandlerFunction<ReactiveResponse>> route(
				org.springframework.web.reactive.function.server.ServerRequest request) {
			return Mono.empty();
		}

	}

	interface ReactiveResponse extends org.springframework.web.reactive.function.server.ServerResponse {

	}

}
