package dev.authstarter.access.inventory;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alternatives of a predicate of functional routes.
 */
class RouteAlternativesTests {

	private final RoutePredicateReader reader = new RoutePredicateReader();

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
