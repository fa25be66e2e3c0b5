package dev.authstarter.access;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.authstarter.RequiresScope;
import dev.authstarter.access.interception.RuleInterceptor;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.annotation.security.DenyAll;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A refused call of an asynchronous method throws the exception to its caller.
 */
class AsyncRulesTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(AsyncApi.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	interface Call {

		Object on(Later later) throws Exception;

	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refused")
	void refusesOnTheThreadOfTheCaller(String name, Call call) {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("u", "p", "SCOPE_other"));
		this.context.run((started) -> assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> call.on(started.getBean(Later.class))));
	}

	static Stream<Arguments> refused() {
		return Stream.of(Arguments.of("rule", (Call) (later) -> nothing(later::ruled)),
				Arguments.of("rule with a result", (Call) (later) -> later.ruledWithResult().get()),
				Arguments.of("@PreAuthorize", (Call) (later) -> nothing(later::preAuthorized)),
				Arguments.of("@Secured", (Call) (later) -> later.secured().get()),
				Arguments.of("@DenyAll", (Call) (later) -> later.denied().get()));
	}

	@Test
	void runsTheOthersOnAnotherThread() {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("u", "p", "SCOPE_read"));
		this.context.run((started) -> {
			Later later = started.getBean(Later.class);
			assertThat(later.permitted().get()).isNotEqualTo(Thread.currentThread().getName());
			assertThat(later.silent().get()).isNotEqualTo(Thread.currentThread().getName());
		});
	}

	@Test
	void refusesBeforeTheCacheAnswers() {
		new WebApplicationContextRunner().withUserConfiguration(CachingApi.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run((started) -> {
				CacheManager caches = started.getBean(CacheManager.class);
				Objects.requireNonNull(caches.getCache("kept")).put(SimpleKey.EMPTY, "kept");
				Kept kept = started.getBean(Kept.class);
				SecurityContextHolder.getContext()
					.setAuthentication(new TestingAuthenticationToken("u", "p", "SCOPE_other"));
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(kept::ruled);
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(kept::preAuthorized);
				assertThat(kept.silent()).isEqualTo("kept");
			});
	}

	@Test
	void refusesBeforeTheCacheAnswersForBeansThatDependOnEachOther() {
		new WebApplicationContextRunner().withUserConfiguration(CachingApi.class, KeptTwice.class, Other.class)
			.withAllowCircularReferences(true)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run((started) -> {
				CacheManager caches = started.getBean(CacheManager.class);
				Objects.requireNonNull(caches.getCache("kept")).put(SimpleKey.EMPTY, "kept");
				KeptTwice kept = started.getBean(KeptTwice.class);
				SecurityContextHolder.getContext()
					.setAuthentication(new TestingAuthenticationToken("u", "p", "SCOPE_other"));
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(kept::ruled);
			});
	}

	static class KeptTwice extends Kept {

		@Autowired
		Other other;

	}

	static class Other {

		@Autowired
		KeptTwice kept;

	}

	/** Spring Framework's advice for these annotations comes before all other advice. */
	@Test
	void repeatsNoRefusedCalls() {
		new WebApplicationContextRunner().withUserConfiguration(RetryingApi.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run((started) -> {
				Retried retried = started.getBean(Retried.class);
				SecurityContextHolder.getContext()
					.setAuthentication(new TestingAuthenticationToken("u", "p", "SCOPE_other"));
				for (ThrowingCallable call : List.<ThrowingCallable>of(retried::ruled, retried::preAuthorized)) {
					assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(call);
				}
				assertThat(RetryOnce.calls).hasValue(0);
				assertThatIllegalStateException().isThrownBy(retried::silent);
				assertThat(RetryOnce.calls).hasValue(1);
				assertThat(((Advised) retried).getAdvisors()[0].getAdvice()).isInstanceOf(RuleInterceptor.class);
			});
	}

	@EnableResilientMethods
	@Import({ TestApi.class, Retried.class })
	static class RetryingApi {

	}

	static class RetryOnce implements MethodRetryPredicate {

		static final AtomicInteger calls = new AtomicInteger();

		@Override
		public boolean shouldRetry(Method method, Throwable failure) {
			calls.incrementAndGet();
			return false;
		}

	}

	@ConcurrencyLimit(1)
	static class Retried {

		@Retryable(predicate = RetryOnce.class, delay = 0)
		@RequiresScope("read")
		public String ruled() {
			return "ruled";
		}

		@Retryable(predicate = RetryOnce.class, delay = 0)
		@PreAuthorize("hasAuthority('SCOPE_read')")
		public String preAuthorized() {
			return "authorized";
		}

		@Retryable(predicate = RetryOnce.class, delay = 0)
		public String silent() {
			throw new IllegalStateException("failed");
		}

	}

	@EnableCaching(order = Ordered.HIGHEST_PRECEDENCE)
	@Import({ TestApi.class, Kept.class })
	static class CachingApi {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("kept");
		}

	}

	static class Kept {

		@Cacheable("kept")
		@RequiresScope("kept")
		public String ruled() {
			return "made";
		}

		@Cacheable("kept")
		@PreAuthorize("hasAuthority('SCOPE_kept')")
		public String preAuthorized() {
			return "made";
		}

		@Cacheable("kept")
		public String silent() {
			return "made";
		}

	}

	private static String nothing(Runnable call) {
		call.run();
		return "nothing";
	}

	@EnableAsync
	@Import({ TestApi.class, Later.class })
	static class AsyncApi {

	}

	static class Later {

		@Async
		@RequiresScope("later")
		public void ruled() {
		}

		@Async
		@RequiresScope("later")
		public Future<String> ruledWithResult() {
			return CompletableFuture.completedFuture("ran");
		}

		@Async
		@PreAuthorize("hasAuthority('SCOPE_later')")
		public void preAuthorized() {
		}

		@Async
		@Secured("SCOPE_later")
		public Future<String> secured() {
			return CompletableFuture.completedFuture("ran");
		}

		@Async
		@DenyAll
		public Future<String> denied() {
			return CompletableFuture.completedFuture("ran");
		}

		@Async
		@PreAuthorize("hasAuthority('SCOPE_read')")
		public Future<String> permitted() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		@Async
		public Future<String> silent() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

}
