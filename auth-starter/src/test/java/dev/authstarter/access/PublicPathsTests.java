package dev.authstarter.access;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler is open only if each of its paths is.
 */
class PublicPathsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/docs                | /docs
			/docs/*              | /docs/*
			/docs/*              | /docs/{page}
			/docs/*              | /docs/
			/docs/*              | /docs/index.html
			/docs/{page}         | /docs/{other}
			/docs/{page}         | /docs/{page:[a-z]+}
			/docs/{page}         | /docs/*.html
			/docs/{page}         | /docs/{name}.html
			/docs/*              | /docs/*.html
			/docs/*              | /docs/{page:[a-z]+}
			/docs/*.html         | /docs/index.html
			/docs/{page:[a-z]+}  | /docs/index
			/docs/{page:[a-z]+}  | /docs/{page:[a-z]+}
			/docs/**             | /docs
			/docs/**             | /docs/**
			/docs/**             | /docs/{page}
			/docs/**             | /docs/{*rest}
			/docs/**             | /docs/v1/**
			/docs/**             | /docs/v1/{page}/text
			/docs/{*rest}        | /docs/v1/**
			/{site}/docs/**      | /{other}/docs/{page}
			/{site}/docs/**      | /acme/docs/{page}
			/**                  | /**
			/**                  | /anything/{at}/all
			""")
	void coverHandlerAllOfWhosePathsAreOpen(String open, String handler) {
		assertThat(new PublicPaths(List.of("/other", open)).cover(handler)).isTrue();
	}

	/** Each with a path that reaches the handler and is not open, if there is one. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/docs/*              | /docs/**             | /docs/a/b
			/docs/*              | /docs/{*rest}        | /docs/a/b
			/docs/{page}         | /docs/**             | /docs/a/b
			/docs/?              | /docs/*              | /docs/ab
			/docs/*.html         | /docs/{page}         | /docs/a.txt
			/docs/*.html         | /docs/*              | /docs/a.txt
			/docs/{page:[a-z]+}  | /docs/{page}         | /docs/1
			/docs/{page:[a-z]+}  | /docs/{page:[0-9]+}  | /docs/1
			/docs/index.html     | /docs/{page}         | /docs/a
			/docs/index.html     | /docs/**             | /docs/a
			/docs/**             | /**                  | /a
			/docs/**             | /{site}/**           | /a/b
			/docs/**             | /{site}              | /a
			/docs/v1/**          | /docs/**             | /docs/v2
			/docs/*/text         | /docs/{page}/*       | /docs/a/b
			/docs/*              | /docs                | /docs
			/docs                | /docs/{page}         | /docs/a
			/docs                | /docs/               | /docs/
			/docs/{page}         | /docs/*              | /docs/
			/docs/{page}         | /docs/               | /docs/
			/Docs                | /docs                | /docs
			""")
	void doNotCoverHandlerThatIsReachedOtherwise(String open, String handler, String path) {
		assertThat(matches(handler, path)).isTrue();
		assertThat(matches(open, path)).isFalse();
		assertThat(new PublicPaths(List.of(open)).cover(handler)).isFalse();
	}

	private static boolean matches(String pattern, String path) {
		return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
	}

}
