package dev.authstarter.introspection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.authstarter.fixture.TestApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class QuestionTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final IntrospectionAnswer ANSWER = IntrospectionAnswer.active(Map.of("sub", "42"), TestApi.NOW);

	private final Question question = new Question();

	@Test
	void givesTheAnswerToAll() {
		this.question.end(ANSWER);
		assertThat(this.question.await(LONG).join()).isSameAs(ANSWER);
		assertThat(this.question.join(LONG).join()).isSameAs(ANSWER);
	}

	@Test
	void reportsThatItWasNotSent() {
		this.question.end(null);
		assertThat(this.question.await(LONG).join()).isNull();
		assertThat(this.question.join(LONG).join()).isNull();
	}

	@Test
	void isNotWaitedForWithoutEnd() {
		assertThat(this.question.await(Duration.ofMillis(1)).join()).isNull();
		assertThat(this.question.join(Duration.ofMillis(1)).join()).isNull();
	}

	@Test
	void whoLeavesMakesRoom() {
		for (int i = 0; i < 30; i++) {
			assertThat(this.question.join(Duration.ZERO).join()).isNull();
		}
		this.question.end(ANSWER);
		assertThat(this.question.join(LONG).join()).isSameAs(ANSWER);
	}

	@Test
	void requestThatAskedHasPlaceWhereTooManyJoin() {
		List<CompletableFuture<@Nullable IntrospectionAnswer>> joined = Stream.generate(() -> this.question.join(LONG))
			.limit(30)
			.toList();
		assertThat(joined.stream().filter(CompletableFuture::isDone)).hasSize(10)
			.allSatisfy((turnedAway) -> assertThat(turnedAway).isCompletedWithValue(null));
		CompletableFuture<@Nullable IntrospectionAnswer> own = this.question.await(LONG);
		this.question.end(ANSWER);
		assertThat(own).isCompletedWithValue(ANSWER);
	}

}
