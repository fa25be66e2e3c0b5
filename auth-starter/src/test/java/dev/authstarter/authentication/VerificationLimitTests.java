package dev.authstarter.authentication;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Only so many threads verify a token at the same time.
 */
class VerificationLimitTests {

	private static final Verification RESULT = new RefusedToken(Reason.BAD_SIGNATURE, null);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Semaphore begun = new Semaphore(0);

	private final CountDownLatch open = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.open.countDown();
		this.threads.shutdownNow();
	}

	@Test
	void asManyThreadsVerifyAsThereAreProcessors() throws InterruptedException {
		VerificationLimit limit = VerificationLimit.processors(2);
		List<CompletableFuture<Verification>> first = Stream.of(start(limit), start(limit)).toList();
		assertThat(this.begun.tryAcquire(2, PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		Thread third = new Thread(() -> limit.verify(this::verify));
		third.start();
		await().atMost(PATIENCE).until(() -> third.getState() == Thread.State.WAITING);
		assertThat(this.begun.availablePermits()).as("begun beside two others").isZero();
		this.open.countDown();
		assertThat(first).allSatisfy((result) -> assertThat(result).succeedsWithin(PATIENCE).isEqualTo(RESULT));
		third.join(PATIENCE.toMillis());
		assertThat(this.begun.availablePermits()).isOne();
	}

	@Test
	void verificationsThatMayBlockDoNotWaitForEachOther() throws InterruptedException {
		VerificationLimit limit = VerificationLimit.none();
		List<CompletableFuture<Verification>> all = Stream.generate(() -> start(limit)).limit(50).toList();
		assertThat(this.begun.tryAcquire(50, PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		this.open.countDown();
		assertThat(all).allSatisfy((result) -> assertThat(result).succeedsWithin(PATIENCE).isEqualTo(RESULT));
	}

	@Test
	void failureEndsVerification() {
		VerificationLimit limit = VerificationLimit.processors(1);
		assertThatIllegalStateException().isThrownBy(() -> limit.verify(() -> {
			throw new IllegalStateException("expected");
		}));
		this.open.countDown();
		assertThat(start(limit)).succeedsWithin(PATIENCE).isEqualTo(RESULT);
	}

	@Test
	void interruptedThreadVerifiesAndStaysInterrupted() {
		this.open.countDown();
		Thread.currentThread().interrupt();
		assertThat(VerificationLimit.processors(1).verify(() -> RESULT)).isEqualTo(RESULT);
		assertThat(Thread.interrupted()).isTrue();
	}

	private CompletableFuture<Verification> start(VerificationLimit limit) {
		return CompletableFuture.supplyAsync(() -> limit.verify(this::verify), this.threads);
	}

	private Verification verify() {
		this.begun.release();
		try {
			this.open.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return RESULT;
	}

}
