package dev.authstarter.claims;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedNames}.
 */
class SharedNamesTests {

	private final SharedNames names = new SharedNames();

	@Test
	void sharesEqualNames() {
		String first = name("read:a");
		assertThat(this.names.share(first)).isSameAs(first);
		assertThat(this.names.share(name("read:a"))).isSameAs(first);
		assertThat(this.names.share(name("read:b"))).isEqualTo("read:b");
	}

	@Test
	void sharesNoLongName() {
		isLeftAsItIs("x".repeat(201));
	}

	@Test
	void sharesNoMoreThanItSaid() {
		for (int i = 0; i < 10_000; i++) {
			this.names.share("name-" + i);
		}
		isLeftAsItIs("one-more");
	}

	private void isLeftAsItIs(String text) {
		this.names.share(name(text));
		String second = name(text);
		assertThat(this.names.share(second)).isSameAs(second);
	}

	private static String name(String text) {
		return text.concat(" ").strip();
	}

}
