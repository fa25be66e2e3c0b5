package dev.authstarter.access;

import java.util.List;
import java.util.Set;

import dev.authstarter.access.declaration.PublicPathsFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
		assertThat(cover(List.of("/other", open), "", handler)).isTrue();
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
		assertThat(cover(List.of(open), "", handler)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "all", textBlock = """
			GET /docs/**                  | GET      | /docs/{page} | true
			GET /docs/**                  | HEAD     | /docs/{page} | true
			GET /docs/**                  | POST     | /docs/{page} | false
			GET /docs/**                  | GET,POST | /docs/{page} | false
			GET /docs/**                  | all      | /docs/{page} | false
			GET /docs/**,POST /docs/form  | GET,POST | /docs/form   | true
			GET /docs/**,POST /docs/form  | GET,POST | /docs/other  | false
			GET /docs/**,/docs/form       | all      | /docs/form   | true
			HEAD /docs                    | GET      | /docs        | false
			HEAD /docs                    | HEAD     | /docs        | true
			/docs                         | A1       | /docs        | true
			GET /docs                     | A1       | /docs        | false
			/docs                         | TRACE    | /docs        | true
			GET   /docs                   | GET      | /docs        | true
			""")
	void coverHandlerAllOfWhoseMethodsAreOpen(String open, @Nullable String methods, String handler, boolean covered) {
		assertThat(cover(List.of(open.split(",")), (methods != null) ? methods : "", handler)).isEqualTo(covered);
	}

	@ParameterizedTest
	@ValueSource(strings = { "docs", "", " ", "get /docs", "FETCH /docs", "GET", "GET docs", "GET,POST /docs",
			"/docs/{", "/docs/**/all/{", "/docs/{a}{a}" })
	void stopTheStartWhereOneIsNoPattern(String entry) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new PublicPathsFactory(List.of(entry)).create())
			.withMessageContaining("auth-starter.public-paths");
	}

	@Test
	void containPathsOfRequests() {
		PublicPaths paths = new PublicPathsFactory(List.of("GET /docs/**")).create();
		assertThat(paths.contain("GET", PathContainer.parsePath("/docs/a"))).isTrue();
		assertThat(paths.contain("POST", PathContainer.parsePath("/docs/a"))).isFalse();
		assertThat(paths.contain("GET", PathContainer.parsePath("/other"))).isFalse();
	}

	private static boolean cover(List<String> open, String methods, String handler) {
		return new PublicPathsFactory(open).create()
			.cover(methods.isEmpty() ? Set.of() : Set.of(methods.split(",")), handler);
	}

	private static boolean matches(String pattern, String path) {
		return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
	}

}
