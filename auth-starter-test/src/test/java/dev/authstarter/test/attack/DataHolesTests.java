package dev.authstarter.test.attack;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.authstarter.attacked.Outcome;
import dev.authstarter.attacked.data.Hole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that separates organizations passes. Each hole is found at its endpoint,
 * and at no other endpoint that reads.
 */
class DataHolesTests {

	private static final Pattern BLAMED = Pattern.compile("\n(.*) does not protect the data of");

	@AfterEach
	void close() {
		Hole.open(null);
	}

	@Test
	void applicationThatKeepsOrganizationsApartPasses() {
		Outcome outcome = Outcome.of(Map.of(), DataSuite.WithoutServer.class);
		assertThat(blamed(outcome)).isEmpty();
		assertThat(outcome.failures()).hasSize(2)
			.allSatisfy((failure) -> assertThat(failure).isInstanceOf(TestAbortedException.class)
				.hasMessageContaining("shows nothing of its data: GET /letters/postage"));
		assertThat(outcome.passed()).filteredOn((name) -> name.startsWith("data of ")).hasSize(14 * 2);
	}

	@ParameterizedTest
	@EnumSource
	void findsTheHole(Hole hole) {
		Hole.open(hole);
		Outcome outcome = Outcome.of(Map.of(), DataSuite.WithoutServer.class);
		assertThat(blamed(outcome)).containsExactly(hole.endpoint());
		assertThat(messages(outcome)).contains(hole.message(), "request: ", "answered: ", "of org_globex");
	}

	@Test
	void applicationBehindAServerPasses() {
		Outcome outcome = Outcome.of(Map.of(), DataSuite.OverHttp.class);
		assertThat(blamed(outcome)).isEmpty();
		assertThat(outcome.passed()).filteredOn((name) -> name.startsWith("data of ")).hasSize(14 * 2);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIST_LATER_PAGE", "HEADER", "UPDATE", "FIND_AND_FAIL" })
	void findsTheHoleOverHttp(Hole hole) {
		Hole.open(hole);
		Outcome outcome = Outcome.of(Map.of(), DataSuite.OverHttp.class);
		assertThat(blamed(outcome)).containsExactly(hole.endpoint());
		assertThat(messages(outcome)).contains(hole.message());
	}

	@Test
	void doesNotClaimWhatItCannotKnow() {
		Outcome outcome = Outcome.of(Map.of(), DataSuite.Odd.class);
		assertThat(blamed(outcome)).isEmpty();
		assertThat(outcome.failures())
			.allSatisfy((failure) -> assertThat(failure).isInstanceOf(TestAbortedException.class))
			.extracting(Throwable::getMessage)
			.hasSize(4 * 2)
			.anySatisfy((message) -> assertThat(message).contains("own request is answered 500: GET /odd/broken/"))
			.anySatisfy((message) -> assertThat(message).contains("is answered 500 for all identifiers"))
			.anySatisfy((message) -> assertThat(message).contains("own request is answered 400: POST /odd/body"))
			.anySatisfy((message) -> assertThat(message)
				.contains("own request changes nothing that a GET endpoint shows: POST /odd/unseen"));
		assertThat(outcome.passed()).filteredOn((name) -> name.startsWith("data of ")).hasSize(3 * 2);
	}

	@Test
	void failsWhereNothingIsProved() {
		Outcome outcome = Outcome.of(Map.of(), DataSuite.NothingSeeded.class);
		assertThat(blamed(outcome)).isEmpty();
		assertThat(messages(outcome)).contains("No endpoint could be tested");
	}

	private static Set<String> blamed(Outcome outcome) {
		Matcher matcher = BLAMED.matcher(messages(outcome));
		Set<String> endpoints = new TreeSet<>();
		while (matcher.find()) {
			endpoints.add(matcher.group(1));
		}
		return endpoints;
	}

	private static String messages(Outcome outcome) {
		return outcome.failures()
			.stream()
			.filter((failure) -> !(failure instanceof TestAbortedException))
			.map(String::valueOf)
			.collect(Collectors.joining("\n"));
	}

}
