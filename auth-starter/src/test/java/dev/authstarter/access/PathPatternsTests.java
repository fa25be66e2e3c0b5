package dev.authstarter.access;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which path patterns contain which others.
 */
class PathPatternsTests {

	@ParameterizedTest
	@CsvSource({ "/**, /", "/**, /a/b/**", "/a/**, /a", "/a/**, /a/{id}", "/a/**, /a/{*rest}", "/A/**, /a/b",
			"/a/*, /a/{id}", "/a/{id}/b, /a/*/b", "/a/{id}, /a/b", "/a/{x:\\d+}, /a/7", "/a/{x:\\d+}, /a/{x:\\d+}",
			"/a/*.do, /a/x.do", "/a, /a/", "/a/{x:[a-z]{2}}/b, /a/{x:[a-z]{2}}/b", "/{*all}, /a/b", "/**, /**/*.do" })
	void covers(String outer, String inner) {
		assertThat(PathPatterns.covers(outer, inner)).isTrue();
		assertThat(PathPatterns.overlap(outer, inner)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "/a/*, /a/**", "/a/*, /a", "/a/*, /a/{*rest}", "/a/b, /a/{id}", "/a/{x:\\d+}, /a/{id}",
			"/a/{x:\\d+}, /a/*", "/a/{id}, /a/*", "/a/**, /**", "/a/**, /ab", "/a, /a/b", "/**/b, /a/b",
			"/a/*.do, /a/*", "/a/?, /a/{id}", "/a/*.do, /**/*.do" })
	void doesNotCover(String outer, String inner) {
		assertThat(PathPatterns.covers(outer, inner)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "/a, /b", "/a/**, /b/**", "/a/*, /a/b/c", "/a/*, /a", "/a/b, /{x}/c" })
	void doesNotOverlap(String one, String other) {
		assertThat(PathPatterns.overlap(one, other)).isFalse();
		assertThat(PathPatterns.overlap(other, one)).isFalse();
	}

}
