package dev.authstarter.test;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test classes that run at the same time forge with the same keys.
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

}
