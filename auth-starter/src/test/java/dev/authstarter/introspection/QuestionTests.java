package dev.authstarter.introspection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.authstarter.fixture.TestApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class QuestionTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final IntrospectionAnswer ANSWER = IntrospectionAnswer.active(Map.of("sub", "42"), TestApi.NOW);

	private final Question question = new Question();

	@Test
	void givesTheAnswerToAll() {
		this.question.end(ANSWER);
		assertThat(this.question.await(LONG)).isSameAs(ANSWER);
		assertThat(this.question.join(LONG)).isSameAs(ANSWER);
	}

	@Test
	void tellsThatItWasNotAsked() {
		this.question.end(null);
		assertThat(this.question.await(LONG)).isNull();
		assertThat(this.question.join(LONG)).isNull();
	}

	@Test
	void isNotWaitedForWithoutEnd() {
		assertThat(this.question.await(Duration.ofMillis(1))).isNull();
		assertThat(this.question.join(Duration.ofMillis(1))).isNull();
	}

	@Test
	void whoLeavesMakesRoom() {
		for (int i = 0; i < 30; i++) {
			assertThat(this.question.join(Duration.ZERO)).isNull();
		}
		this.question.end(ANSWER);
		assertThat(this.question.join(LONG)).isSameAs(ANSWER);
	}

	@Test
	void interruptionEndsTheWait() {
		Thread.currentThread().interrupt();
		assertThat(this.question.join(LONG)).isNull();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void whoAskedHasPlaceWhereTooManyJoin() throws Exception {
		ExecutorService callers = Executors.newCachedThreadPool();
		try {
			List<Future<@Nullable IntrospectionAnswer>> joined = IntStream.range(0, 30)
				.<Future<@Nullable IntrospectionAnswer>>mapToObj((i) -> callers.submit(() -> this.question.join(LONG)))
				.toList();
			await().until(() -> joined.stream().filter(Future::isDone).count() == 10);
			Future<@Nullable IntrospectionAnswer> own = callers.submit(() -> this.question.await(LONG));
			this.question.end(ANSWER);
			assertThat(own.get()).isSameAs(ANSWER);
		}
		finally {
			callers.shutdownNow();
		}
	}

}
