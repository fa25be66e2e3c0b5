package dev.authstarter.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.authstarter.attacked.Outcome;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test classes that run at the same time forge tokens with the same keys.
 */
@WebMvcTest(AppointmentController.class)
@AutoConfigureForgedTokens
class ParallelTests {

	@Test
	void tokensAreForgedAndAcceptedInParallel(@Autowired MockMvcTester mvc, @Autowired TokenForge forge)
			throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<Integer>> statuses = threads.invokeAll(
					IntStream
						.range(0, 400).<java.util.concurrent.Callable<Integer>>mapToObj((index) -> () -> mvc.get()
							.uri("/me")
							.with(forge.token().asUser("user-" + index).withRoles("editor"))
							.exchange()
							.getResponse()
							.getStatus())
						.toList());
			for (Future<Integer> status : statuses) {
				assertThat(status.get()).isEqualTo(200);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** Each starts its own application, and neither goes on before the other has. */
	@Test
	void testClassesRunInParallel() {
		Outcome outcome = Outcome.of(
				Map.of("junit.jupiter.execution.parallel.enabled", "true",
						"junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
						"junit.jupiter.execution.parallel.config.strategy", "fixed",
						"junit.jupiter.execution.parallel.config.fixed.parallelism", "2"),
				OfAcme.class, OfGlobex.class);
		assertThat(outcome.failures()).isEmpty();
		assertThat(outcome.passed()).hasSize(2);
	}

	abstract static class OneOfTwo {

		private static final CyclicBarrier BOTH = new CyclicBarrier(2);

		@Autowired
		private MockMvcTester mvc;

		@Test
		void callerIsTheOwn(ForgedToken token) throws Exception {
			BOTH.await(1, TimeUnit.MINUTES);
			for (int i = 0; i < 50; i++) {
				String user = getClass().getSimpleName() + i;
				assertThat(this.mvc.get().uri("/me").with(token.asUser(user))).bodyJson()
					.extractingPath("caller")
					.isEqualTo(user);
			}
		}

	}

	@WebMvcTest(AppointmentController.class)
	@AutoConfigureForgedTokens(issuer = "https://acme.example/")
	static class OfAcme extends OneOfTwo {

	}

	@WebMvcTest(AppointmentController.class)
	@AutoConfigureForgedTokens(issuer = "https://globex.example/")
	static class OfGlobex extends OneOfTwo {

	}

}
