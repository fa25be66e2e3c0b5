package dev.authstarter.access;

import java.util.concurrent.CompletableFuture;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that handles every exception itself does not handle this library's
 * refusals.
 */
@ApiTest(AdvisedRefusalsTests.Api.class)
class AdvisedRefusalsTests {

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@ValueSource(strings = { "/handler", "/bean" })
	void areAnsweredBeforeAdviceAndResolvers(String path) {
		String token = TestToken.validAt(TestApi.NOW).with("scope", "none").signed();
		assertThat(this.http.answer(path, token)).isEqualTo("403 insufficient_scope");
	}

	@Test
	void areAnsweredBeforeAdviceWhereAnotherThreadWrappedThem() {
		String token = TestToken.validAt(TestApi.NOW).signed();
		assertThat(this.http.answer("/future", token)).isEqualTo("500 caller_lost");
		assertThat(this.http.answer("/executor", token)).isEqualTo("500 caller_lost");
	}

	/** An API whose advice handles every exception. */
	@Import({ TestApi.class, Guarded.class, Advice.class })
	static class Api {

		@Bean
		Vault vault() {
			return new Vault();
		}

		@Bean
		Resolver resolver() {
			return new Resolver();
		}

	}

	static class Vault {

		@RequiresScope("read:notes")
		public String open() {
			return "gold";
		}

	}

	@RestController
	static class Guarded {

		private final Vault vault;

		Guarded(Vault vault) {
			this.vault = vault;
		}

		@GetMapping("/handler")
		@RequiresScope("read:notes")
		String handler() {
			return "handler";
		}

		@GetMapping("/future")
		String future() {
			return CompletableFuture.supplyAsync(this.vault::open).join();
		}

		@GetMapping("/executor")
		String executor() throws Exception {
			return CompletableFuture.supplyAsync(this.vault::open).get();
		}

		@GetMapping("/bean")
		String bean() {
			return this.vault.open();
		}

	}

	@RestControllerAdvice
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Advice {

		@ExceptionHandler(AccessDeniedException.class)
		String denied() {
			return "never mind";
		}

		@ExceptionHandler(Exception.class)
		String failed() {
			return "never mind";
		}

	}

	static class Resolver implements HandlerExceptionResolver, Ordered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
				@Nullable Object handler, Exception exception) {
			response.setStatus(HttpServletResponse.SC_OK);
			return new ModelAndView();
		}

	}

}
