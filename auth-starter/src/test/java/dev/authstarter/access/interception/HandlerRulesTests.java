package dev.authstarter.access.interception;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresRole;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.FrameworkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring MVC creates a new handler for each request of {@code OPTIONS}.
 */
class HandlerRulesTests {

	private final DeclaredRules declared = new DeclaredRules(AuthorityPrefixes.DEFAULT);

	private final HandlerRules rules = new HandlerRules(this.declared,
			new Interception(new RulePointcut(this.declared, new FrameworkTypes(List.of()), true),
					new FrameworkTypes(List.of()), false));

	/** Which of their methods is called depends on the dispatcher. */
	@ParameterizedTest
	@CsvSource({ "RuleOnFirst, role owner, own", "RuleOnSecond, role owner, own",
			"RuleOnBoth, 'role owner; role auditor', own", "StockOnOne, '', none",
			"StockOnBoth, 'hasRole(''owner'')', stock", "PublicOnOne, '', none", "PublicOnBoth, public, public",
			"StockOnFunction, '', none" })
	void appliesTheRulesOfAllMethodsThatHandleRequests(String name, String text, String expected) {
		Class<?> type = ClassUtils.resolveClassName(getClass().getName() + "$" + name, getClass().getClassLoader());
		Rule rule = this.rules.ofType(type);
		assertThat((rule == Rule.NONE) ? "none"
				: (rule == Rule.STOCK) ? "stock" : (rule == Rule.PUBLIC) ? "public" : "own")
			.isEqualTo(expected);
		assertThat(this.rules.textOfType(type)).isEqualTo(text);
	}

	@Test
	void keepsOneRuleForAllObjectsOfAClass() throws NoSuchMethodException {
		for (int i = 0; i < 100; i++) {
			assertThat(this.rules.of(new HandlerMethod(new OptionsHandler(), "handle"))).isSameAs(Rule.NONE);
		}
		assertThat((Map<?, ?>) Objects.requireNonNull(ReflectionTestUtils.getField(this.rules, "methods"))).hasSize(1);
	}

	static class Both implements WebHandler, WebSocketHandler {

		@Override
		public Mono<Void> handle(ServerWebExchange exchange) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	static class RuleOnFirst extends Both {

		@Override
		@RequiresRole("owner")
		public Mono<Void> handle(ServerWebExchange exchange) {
			return Mono.empty();
		}

	}

	static class RuleOnSecond extends Both {

		@Override
		@RequiresRole("owner")
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	static class RuleOnBoth extends RuleOnFirst {

		@Override
		@RequiresRole("auditor")
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	static class StockOnOne extends Both {

		@Override
		@PreAuthorize("hasRole('owner')")
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	static class StockOnBoth extends StockOnOne {

		@Override
		@PreAuthorize("hasRole('owner')")
		public Mono<Void> handle(ServerWebExchange exchange) {
			return Mono.empty();
		}

	}

	static class PublicOnOne extends Both {

		@Override
		@PublicEndpoint
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	@PublicEndpoint
	static class PublicOnBoth extends Both {

		@Override
		public Mono<Void> handle(ServerWebExchange exchange) {
			return Mono.empty();
		}

	}

	static class StockOnFunction implements WebHandler, HandlerFunction<ServerResponse> {

		@Override
		@PreAuthorize("hasRole('owner')")
		public Mono<Void> handle(ServerWebExchange exchange) {
			return Mono.empty();
		}

		@Override
		public Mono<ServerResponse> handle(ServerRequest request) {
			return ServerResponse.ok().build();
		}

	}

	/**
	 * As Spring MVC's own, it equals no other.
	 */
	static final class OptionsHandler {

		public void handle() {
		}

	}

}
