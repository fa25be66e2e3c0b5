package dev.authstarter.introspection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

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
		assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(true);
		assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(false);
		assertThat(this.bulkhead.begin(Duration.ofMillis(1)).join()).isFalse();
		this.bulkhead.end();
		assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(true);
	}

	@Test
	void givesPlaceToQuestionThatWaits() {
		assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(true);
		CompletableFuture<Boolean> waiting = this.bulkhead.begin(LONG);
		assertThat(waiting).isNotDone();
		this.bulkhead.end();
		assertThat(waiting).isCompletedWithValue(true);
	}

	@Test
	void questionThatWaitsIsNotOvertaken() {
		assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(true);
		List<CompletableFuture<Boolean>> waiting = Stream.generate(() -> this.bulkhead.begin(LONG)).limit(50).toList();
		for (int i = 0; i < waiting.size(); i++) {
			this.bulkhead.end();
			assertThat(waiting.get(i)).isCompletedWithValue(true);
			assertThat(waiting.stream().filter(CompletableFuture::isDone)).hasSize(i + 1);
			assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(false);
		}
		this.bulkhead.end();
		assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(true);
	}

	@Test
	void placeIsNotGivenToQuestionThatGaveUp() {
		assertThat(this.bulkhead.begin(Duration.ZERO)).isCompletedWithValue(true);
		assertThat(this.bulkhead.begin(Duration.ofMillis(1)).join()).isFalse();
		CompletableFuture<Boolean> patient = this.bulkhead.begin(LONG);
		this.bulkhead.end();
		assertThat(patient).isCompletedWithValue(true);
	}

}
