package dev.authstarter.access.inventory;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.access.inventory.RouteAlternatives.Alternative;
import dev.authstarter.access.inventory.RouteAlternatives.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aop.SpringProxy;
import org.springframework.web.servlet.function.RequestPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alternatives of a predicate of functional routes.
 */
class RouteAlternativesTests {

	private final RoutePredicateReader reader = new RoutePredicateReader(false);

	@Test
	void methodAndPathAreOneAlternative() {
		methodAndPath("GET", "/a");
		assertRead("[GET][/a]");
		assertThat(this.reader.description()).isEqualTo("(GET && /a)");
	}

	@Test
	void pathsOfTheSameMethodAreOneAlternative() {
		methodAndPath("GET", "/a");
		methodAndPath("GET", "/b");
		this.reader.endOr();
		assertRead("[GET][/a, /b]");
	}

	@Test
	void methodsOfTheSamePathAreOneAlternative() {
		methodAndPath("GET", "/a");
		methodAndPath("POST", "/a");
		this.reader.endOr();
		assertRead("[GET, POST][/a]");
	}

	@Test
	void methodsWithTheirOwnPathsAreTwoAlternatives() {
		methodAndPath("GET", "/a");
		methodAndPath("POST", "/b");
		this.reader.endOr();
		assertRead("[GET][/a] [POST][/b]");
	}

	@Test
	void somethingElseInsteadOfPathIsAnAlternativeOfAllPaths() {
		methodAndPath("GET", "/a");
		this.reader.other("?debug");
		this.reader.endOr();
		assertRead("[GET][/a] [][]");
	}

	@Test
	void somethingElseBesidePathIsNoAlternative() {
		this.reader.path("/a");
		this.reader.other("?debug");
		this.reader.endAnd();
		assertRead("[][/a]");
	}

	@Test
	void negatedPathIsUnknown() {
		this.reader.path("/a");
		this.reader.endNegate();
		assertRead("[][]");
	}

	@Test
	void negatedPathBesideMethodLeavesTheMethod() {
		this.reader.methods(Set.of("GET"));
		this.reader.path("/a");
		this.reader.endNegate();
		this.reader.endAnd();
		assertRead("[GET][]");
	}

	@Test
	void methodsThatBothApplyAreThoseInCommon() {
		this.reader.methods(Set.of("GET", "POST"));
		this.reader.methods(Set.of("POST", "PUT"));
		this.reader.endAnd();
		assertRead("[POST][]");
	}

	@Test
	void methodsThatExcludeEachOtherAreNotAllMethods() {
		this.reader.methods(Set.of("GET"));
		this.reader.methods(Set.of("POST"));
		this.reader.endAnd();
		assertRead("[GET, POST][]");
	}

	@Test
	void nestedAlternativesHaveTheOuterPath() {
		methodAndPath("GET", "/a");
		this.reader.other("?debug");
		this.reader.endOr();
		RouteAlternatives outer = RouteAlternatives.of(Set.of(), Set.of("/outer"));
		assertThat(words(outer.nest(this.reader.alternatives()))).isEqualTo("[GET][/outer/a] [][/outer]");
		assertThat(words(RouteAlternatives.ANY.nest(this.reader.alternatives()))).isEqualTo("[GET][/a] [][]");
	}

	@Test
	void routeWithoutPathServesAllPathsBelowTheOuterOne() {
		RouteAlternatives outer = RouteAlternatives.of(Set.of(), Set.of("/outer"));
		RouteAlternatives get = RouteAlternatives.of(Set.of("GET"), Set.of());
		assertThat(words(outer.route(get))).isEqualTo("[GET][/outer, /outer/**]");
		assertThat(words(outer.nest(get).route(RouteAlternatives.of(Set.of(), Set.of("/a")))))
			.isEqualTo("[GET][/outer/a]");
		assertThat(words(outer.route(RouteAlternatives.of(Set.of(), Set.of(""))))).isEqualTo("[][/outer]");
		assertThat(words(RouteAlternatives.ANY.route(get))).isEqualTo("[GET][]");
	}

	@Test
	void wildcardOfTheOuterPathStays() {
		RouteAlternatives inner = RouteAlternatives.of(Set.of(), Set.of("/a"));
		assertThat(words(RouteAlternatives.of(Set.of(), Set.of("/outer/*")).route(inner))).isEqualTo("[][/outer/*/a]");
		assertThat(words(RouteAlternatives.of(Set.of(), Set.of("/outer/")).route(inner))).isEqualTo("[][/outer/a]");
		assertThat(words(RouteAlternatives.of(Set.of(), Set.of("/outer/**")).route(inner))).isEqualTo("[][/outer/**]");
		assertThat(words(RouteAlternatives.of(Set.of(), Set.of("/outer/{*rest}")).route(RouteAlternatives.ANY)))
			.isEqualTo("[][/outer/{*rest}]");
	}

	@Test
	void predicateThatDoesNotDescribeItselfMayMatchAnything() {
		assertRead("[][]");
		this.reader.path("/a");
		this.reader.path("/b");
		assertRead("[][]");
		this.reader.endAnd();
		this.reader.endAnd();
		this.reader.endNegate();
		this.reader.endNegate();
		assertRead("[][]");
	}

	@Test
	void pathsThatBothApplyAreOneAfterTheOtherWhereRoutesAreNestedInThem() {
		RoutePredicateReader nesting = new RoutePredicateReader(true);
		nesting.methods(Set.of("GET"));
		nesting.path("/a");
		nesting.endAnd();
		nesting.path("/b");
		nesting.endAnd();
		assertThat(words(nesting.alternatives())).isEqualTo("[GET][/a/b]");
		assertThat(words(nesting.alternatives().route(RouteAlternatives.of(Set.of(), Set.of("/c")))))
			.isEqualTo("[GET][/a/b/c]");
	}

	@ParameterizedTest
	@CsvSource({ "all, COMPLETE", "path, COMPLETE", "get path and, COMPLETE", "get path and post path and or, COMPLETE",
			"path path and, PARTIAL", "get post and, PARTIAL", "header, PARTIAL", "path header and, PARTIAL",
			"path negate, PARTIAL", "spring, PARTIAL", "lambda, NONE", "path lambda and, NONE", "lambda negate, NONE",
			"'', NONE", "path path, NONE" })
	void tellsHowMuchOfAPredicateIsKnown(String words, Reading expected) {
		for (String word : words.split(" ", -1)) {
			switch (word) {
				case "get", "post" -> this.reader.methods(Set.of(word.toUpperCase(Locale.ROOT)));
				case "path" -> this.reader.path("/a");
				case "header" -> this.reader.other("header");
				case "all" -> this.reader.unknown(RequestPredicates.all().getClass(), RequestPredicates.class);
				case "spring" -> this.reader.unknown(SpringProxy.class, RequestPredicates.class);
				case "lambda" -> this.reader.unknown(RouteAlternativesTests.class, RequestPredicates.class);
				case "and" -> this.reader.endAnd();
				case "or" -> this.reader.endOr();
				case "negate" -> this.reader.endNegate();
				default -> assertThat(word).isEmpty();
			}
		}
		assertThat(this.reader.alternatives().list()).extracting(Alternative::reading).containsOnly(expected);
	}

	@ParameterizedTest
	@CsvSource({ "/outer, COMPLETE", "/{outer}, COMPLETE", "/outer/**, PARTIAL", "/outer/{*rest}, PARTIAL" })
	void knowsNotAllOfRouteBelowWildcard(String outer, Reading expected) {
		RouteAlternatives inner = RouteAlternatives.of(Set.of("GET"), Set.of("/a"));
		assertThat(RouteAlternatives.of(Set.of(), Set.of(outer)).route(inner).list()).extracting(Alternative::reading)
			.containsExactly(expected);
	}

	@Test
	void alternativesThatAreKnownStayApartFromOthers() {
		this.reader.path("/a");
		this.reader.path("/b");
		this.reader.other("?debug");
		this.reader.endAnd();
		this.reader.endOr();
		assertThat(this.reader.alternatives().list()).extracting(Alternative::reading)
			.containsExactly(Reading.COMPLETE, Reading.PARTIAL);
	}

	private void methodAndPath(String method, String path) {
		this.reader.operator("(");
		this.reader.methods(Set.of(method));
		this.reader.operator(" && ");
		this.reader.path(path);
		this.reader.endAnd();
	}

	private void assertRead(String expected) {
		assertThat(words(this.reader.alternatives())).isEqualTo(expected);
	}

	private static String words(RouteAlternatives alternatives) {
		return String.join(" ",
				alternatives.list()
					.stream()
					.map((each) -> new TreeSet<>(each.methods()).toString() + new TreeSet<>(each.patterns()))
					.toList());
	}

}
