package dev.authstarter.introspection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class BulkheadTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private final Bulkhead bulkhead = new Bulkhead(2, 1);

	@Test
	void letsSoManyCallersWait() {
		assertThat(this.bulkhead.enter()).isTrue();
		assertThat(this.bulkhead.enter()).isTrue();
		assertThat(this.bulkhead.enter()).isFalse();
		this.bulkhead.leave();
		assertThat(this.bulkhead.enter()).isTrue();
	}

	@Test
	void placeIsNotWaitedForWithoutEnd() {
		assertThat(this.bulkhead.begin(Duration.ZERO)).isTrue();
		assertThat(this.bulkhead.begin(Duration.ofMillis(1))).isFalse();
		this.bulkhead.end();
		assertThat(this.bulkhead.begin(Duration.ZERO)).isTrue();
	}

	@Test
	void givesPlaceToWhoWaits() {
		assertThat(this.bulkhead.begin(Duration.ZERO)).isTrue();
		CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> this.bulkhead.begin(LONG));
		this.bulkhead.end();
		assertThat(waiting.join()).isTrue();
	}

	@Test
	void whoWaitsIsNotOvertaken() {
		assertThat(this.bulkhead.begin(Duration.ZERO)).isTrue();
		List<Thread> waiting = Stream.generate(() -> new Thread(() -> this.bulkhead.begin(LONG))).limit(50).toList();
		waiting.forEach(Thread::start);
		await().until(() -> waiting.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));
		for (int i = 0; i < waiting.size(); i++) {
			this.bulkhead.end();
			assertThat(this.bulkhead.begin(Duration.ZERO)).isFalse();
		}
		await().until(() -> waiting.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void interruptionEndsTheWait() {
		assertThat(this.bulkhead.begin(Duration.ZERO)).isTrue();
		Thread.currentThread().interrupt();
		assertThat(this.bulkhead.begin(LONG)).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
