package dev.authstarter.reactive;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Threads that block are noticed with the profile {@code blockhound}, which runs this
 * test beside all others of WebFlux.
 */
@Tag("blockhound")
class BlockHoundTests {

	@Test
	void noticesThreadsThatBlock() {
		Mono<Integer> blocking = Mono.fromCallable(() -> {
			Thread.sleep(1);
			return 1;
		}).subscribeOn(Schedulers.parallel());
		assertThatThrownBy(blocking::block).hasMessageContaining("Blocking call! java.lang.Thread.sleep");
	}

}
