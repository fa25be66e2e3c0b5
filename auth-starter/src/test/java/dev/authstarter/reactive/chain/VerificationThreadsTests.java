package dev.authstarter.reactive.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.authstarter.Reason;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens wait for a limited number of threads, and the number of those that wait is
 * limited.
 */
@ExtendWith(OutputCaptureExtension.class)
class VerificationThreadsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Verification RESULT = new RefusedToken(Reason.BAD_SIGNATURE, null);

	private static final Verification TOO_MANY = new RefusedToken(Reason.KEYS_UNAVAILABLE, null);

	private final TestClock clock = new TestClock(TestApi.NOW);

	private final VerificationThreads threads = VerificationThreads.nonBlocking(2, this.clock);

	private final CountDownLatch begun = new CountDownLatch(1);

	private volatile boolean open;

	@AfterEach
	void close() {
		this.open = true;
		this.threads.close();
	}

	@Test
	void refusesWhatExceedsTheLimitUntilOthersAreVerified(CapturedOutput output) {
		List<Mono<Verification>> waiting = fill();
		assertThat(verify()).isEqualTo(TOO_MANY);
		assertThat(verify()).isEqualTo(TOO_MANY);
		assertThat(output).containsOnlyOnce("1000 tokens are waiting to be verified.");
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(verify()).isEqualTo(TOO_MANY);
		assertThat(output.getOut().split("1000 tokens are waiting", -1)).as("a line a minute").hasSize(3);
		this.open = true;
		assertThat(Mono.zip(waiting, (results) -> results.length).block(LIMIT)).isEqualTo(waiting.size());
		assertThat(verify()).isEqualTo(RESULT);
	}

	@Test
	void requestsThatEndDoNotWaitAnyLonger() throws InterruptedException {
		List<Disposable> waiting = new ArrayList<>();
		for (int i = 0; i < VerificationThreads.MAX_WAITING; i++) {
			waiting.add(this.threads.verify(this::waitUntilOpen).subscribe());
		}
		assertThat(this.begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(verify()).isEqualTo(TOO_MANY);
		waiting.get(waiting.size() - 1).dispose();
		Mono<Verification> next = this.threads.verify(() -> RESULT).cache();
		next.subscribe();
		this.open = true;
		assertThat(next.block(LIMIT)).isEqualTo(RESULT);
	}

	@Test
	void countsVerificationsThatFail() {
		for (int i = 0; i <= VerificationThreads.MAX_WAITING; i++) {
			Mono<Verification> failing = this.threads.verify(() -> {
				throw new IllegalStateException("expected");
			});
			assertThat(failing.onErrorResume((ex) -> Mono.just(RESULT)).block(LIMIT)).isEqualTo(RESULT);
		}
	}

	@Test
	void leavesReactorsThreadsToTheApplication() {
		AtomicReference<String> thread = new AtomicReference<>();
		this.threads.verify(() -> {
			thread.set(Thread.currentThread().getName());
			return RESULT;
		}).block(LIMIT);
		assertThat(thread.get()).startsWith("auth-verification");
	}

	@Test
	void oneProcessorIsEnough() {
		try (VerificationThreads single = VerificationThreads.nonBlocking(1, this.clock)) {
			assertThat(single.verify(() -> RESULT).block(LIMIT)).isEqualTo(RESULT);
		}
	}

	@Test
	void applicationsCodeMayBlock() {
		try (VerificationThreads blocking = VerificationThreads.blocking(this.clock)) {
			Supplier<Verification> blocks = () -> Mono.just(RESULT).delayElement(Duration.ofMillis(1)).block(LIMIT);
			assertThat(blocking.verify(blocks).block(LIMIT)).isEqualTo(RESULT);
		}
	}

	/** Let as many tokens wait as may. */
	private List<Mono<Verification>> fill() {
		List<Mono<Verification>> waiting = new ArrayList<>();
		for (int i = 0; i < VerificationThreads.MAX_WAITING; i++) {
			Mono<Verification> one = this.threads.verify(this::waitUntilOpen).cache();
			one.subscribe();
			waiting.add(one);
		}
		return waiting;
	}

	/** These threads must not block, and BlockHound notices onSpinWait, too. */
	private Verification waitUntilOpen() {
		this.begun.countDown();
		long turns = 0;
		while (!this.open) {
			turns++;
		}
		return (turns >= 0) ? RESULT : TOO_MANY;
	}

	private Verification verify() {
		Verification result = this.threads.verify(() -> RESULT).block(LIMIT);
		assertThat(result).isNotNull();
		return result;
	}

}
