package dev.authstarter.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A valid token is not reported as missing if the application continues its request on a
 * thread without the caller.
 */
@ExtendWith(OutputCaptureExtension.class)
@ApiTest(value = LostCallerTests.Api.class, properties = { "auth-starter.public-paths=/lost/**,/reports/**",
		"spring.aop.proxy-target-class=false", "logging.level.dev.authstarter.refusals=debug" })
class LostCallerTests {

	private static final String REPORTS = "dev.authstarter.servlet.LostCallerTests$Reports#";

	private final TestToken good = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@ValueSource(strings = { "thread", "future", "executor", "stream", "async", "deferred", "emitter", "wrapped",
			"interface", "route" })
	void saysThatTheCallerOfARuleWasLost(String way, CapturedOutput output) {
		assertThat(this.http.answer("/lost/" + way, this.good.signed())).isEqualTo("500 caller_lost");
		assertThat(this.http.get("/lost/" + way).statusCode()).isEqualTo(401);
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("Refused: caller_lost, issuer default, handler /lost/" + way + ", client ", ", method "
					+ (way.equals("interface") ? REPORTS.replace("Reports#", "StoredArchive#") : REPORTS) + "read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stock", "organization", "current", "current-wrapped", "acting" })
	void saysThatTheCallerWasLostWhereverItIsNeeded(String what, CapturedOutput output) {
		assertThat(this.http.answer("/lost/" + what, this.good.signed())).isEqualTo("500 caller_lost");
		assertThat(lines(output)).singleElement().asString().contains("handler /lost/" + what, ", method ");
	}

	@Test
	void saysNothingOfTheMethodToTheClient() {
		assertThat(this.http.getWithToken("/lost/thread", this.good.signed()).body())
			.isEqualTo("{\"type\":\"urn:auth-starter:refusal:caller_lost\",\"title\":\"The request failed on the "
					+ "server\",\"status\":500,\"reason\":\"caller_lost\"}");
		assertThat(this.http.getWithToken("/lost/thread", this.good.signed()).headers().map())
			.doesNotContainKey("www-authenticate");
	}

	@ParameterizedTest
	@ValueSource(strings = { "callable", "task", "streaming", "future", "deferred" })
	void keepsTheCallerWhereSpringMvcGoesOnWithTheRequest(String way) {
		assertThat(this.http.getWithToken("/kept/" + way, this.good.signed()).body()).isEqualTo("read in org_acme");
		assertThat(this.http.answer("/kept/" + way, this.good.with("scope", "none").signed()))
			.isEqualTo("403 insufficient_scope");
	}

	/** The organization is a matter of the request; another reason is the truth. */
	@Test
	void saysWhatIsMissingIfNoCallerIsLost() {
		assertThat(this.http.answer("/reports/organization", this.good.without("org_id").signed()))
			.isEqualTo("403 organization_missing");
		assertThat(this.http.answer("/reports/current", this.good.without("org_id").signed()))
			.isEqualTo("403 organization_missing");
		assertThat(this.http.answer("/reports/current", this.good.with("org_id", List.of("a", "b")).signed()))
			.isEqualTo("400 organization_unspecified");
		assertThat(this.http.answer("/lost/current", this.good.without("org_id").signed()))
			.isEqualTo("403 organization_missing");
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("caller_lost")).toList();
	}

	/**
	 * An API that continues requests on other threads.
	 */
	@Import({ TestApi.class, Lost.class, Kept.class, Background.class })
	@EnableAsync
	static class Api {

		@Bean
		Reports reports() {
			return new Reports();
		}

		@Bean
		Archive archive() {
			return new StoredArchive();
		}

		/** Spring Boot's, which propagates the caller, steps aside. */
		@Bean
		Executor ownExecutor() {
			return new SimpleAsyncTaskExecutor("own-");
		}

	}

	interface Archive {

		@RequiresScope("read:notes")
		String read();

	}

	/** Proxied by its interface. */
	static class StoredArchive implements Archive {

		@Override
		public String read() {
			return "read";
		}

	}

	static class Reports {

		@RequiresScope("read:notes")
		public String read() {
			return "read";
		}

		@PreAuthorize("hasAuthority('SCOPE_read:notes')")
		public String stock() {
			return "stock";
		}

		@RequiresOrganization
		@RequiresRole("editor")
		public String organization() {
			return "organization";
		}

	}

	static class Background {

		private final Reports reports;

		Background(Reports reports) {
			this.reports = reports;
		}

		@Async
		public CompletableFuture<String> read() {
			return CompletableFuture.completedFuture(this.reports.read());
		}

	}

	@RestController
	static class Lost {

		private final Reports reports;

		private final Archive archive;

		private final Background background;

		private final CurrentOrganization current;

		Lost(Reports reports, Archive archive, Background background, CurrentOrganization current) {
			this.reports = reports;
			this.archive = archive;
			this.background = background;
			this.current = current;
		}

		@GetMapping("/lost/thread")
		String thread() throws Exception {
			return elsewhere(this.reports::read);
		}

		@GetMapping("/lost/future")
		String future() {
			return CompletableFuture.supplyAsync(this.reports::read).join();
		}

		@GetMapping("/lost/executor")
		String executor() throws Exception {
			Future<String> future = Executors.newSingleThreadExecutor().submit(this.reports::read);
			return future.get();
		}

		/**
		 * The thread of the request is one of those that work on the stream, and waits
		 * for another one.
		 */
		@GetMapping("/lost/stream")
		String stream() {
			Thread request = Thread.currentThread();
			CountDownLatch elsewhere = new CountDownLatch(1);
			return IntStream.range(0, 1000).parallel().mapToObj((i) -> {
				if (Thread.currentThread() == request) {
					await(elsewhere);
				}
				elsewhere.countDown();
				return this.reports.read();
			}).collect(Collectors.joining());
		}

		@GetMapping("/lost/async")
		CompletableFuture<String> async() {
			return this.background.read();
		}

		@GetMapping("/lost/deferred")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			new Thread(() -> {
				try {
					result.setResult(this.reports.read());
				}
				catch (RuntimeException ex) {
					result.setErrorResult(ex);
				}
			}).start();
			return result;
		}

		@GetMapping("/lost/emitter")
		ResponseBodyEmitter emitter() {
			ResponseBodyEmitter emitter = new ResponseBodyEmitter();
			new Thread(() -> {
				try {
					emitter.send(this.reports.read());
				}
				catch (IOException | RuntimeException ex) {
					emitter.completeWithError(ex);
				}
			}).start();
			return emitter;
		}

		@GetMapping("/lost/wrapped")
		String wrapped() throws Exception {
			try {
				return elsewhere(this.reports::read);
			}
			catch (RuntimeException ex) {
				throw new IllegalStateException("no report", ex);
			}
		}

		@GetMapping("/lost/interface")
		String byInterface() throws Exception {
			return elsewhere(this.archive::read);
		}

		@GetMapping("/lost/route")
		WebAsyncTask<String> route() {
			return new WebAsyncTask<>(() -> CompletableFuture.supplyAsync(this.reports::read).get());
		}

		@GetMapping("/lost/stock")
		String stock() throws Exception {
			return elsewhere(this.reports::stock);
		}

		@GetMapping("/lost/organization")
		String organization() throws Exception {
			return elsewhere(this.reports::organization);
		}

		@GetMapping("/lost/current")
		String current() throws Exception {
			return elsewhere(() -> this.current.get().id());
		}

		@GetMapping("/lost/current-wrapped")
		String currentWrapped() {
			try {
				return elsewhere(() -> this.current.get().id());
			}
			catch (Exception ex) {
				throw new IllegalStateException("no report", ex);
			}
		}

		/** The caller is carried along, the organization is not. */
		@GetMapping("/lost/acting")
		String acting(Authentication caller) throws Exception {
			return elsewhere(() -> {
				SecurityContextHolder.setContext(new SecurityContextImpl(caller));
				return this.reports.organization();
			});
		}

		@GetMapping("/reports/organization")
		String here() {
			return this.reports.organization();
		}

		@GetMapping("/reports/current")
		String currentHere() {
			return this.current.get().id();
		}

		private static void await(CountDownLatch latch) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		/** Its exceptions are thrown unchanged. */
		private static String elsewhere(Callable<String> call) throws Exception {
			FutureTask<String> task = new FutureTask<>(call);
			new Thread(task).start();
			try {
				return task.get();
			}
			catch (ExecutionException ex) {
				throw (Exception) ex.getCause();
			}
		}

	}

	@RestController
	static class Kept {

		private final Reports reports;

		private final CurrentOrganization current;

		Kept(Reports reports, CurrentOrganization current) {
			this.reports = reports;
			this.current = current;
		}

		private String read() {
			return this.reports.read() + " in " + this.current.get().id();
		}

		@GetMapping("/kept/callable")
		Callable<String> callable() {
			return this::read;
		}

		@GetMapping("/kept/task")
		WebAsyncTask<String> task() {
			return new WebAsyncTask<>(this::read);
		}

		@GetMapping("/kept/streaming")
		StreamingResponseBody streaming() {
			return (body) -> body.write(read().getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/kept/future")
		CompletableFuture<String> future() {
			return CompletableFuture.completedFuture(read());
		}

		@GetMapping("/kept/deferred")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			result.setResult(read());
			return result;
		}

	}

}
