package dev.authstarter.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JoseFormTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"alg\":\"dir\",\"enc\":\"A256GCM\"} | .b.c.d.e", "{\"alg\":\"dir\"} | .b.c.d.1",
					"{\"enc\":\"A256GCM\"} | .b.c.d.e", "{\"enc\":1} | ....",
					"{\"alg\":\"dir\",\"enc\":\"A256GCM\"} | ..c.d.e", "{\"alg\":\"RS256\"} | .b",
					"{\"alg\":\"RS256\"} | .b.c.d", "{\"alg\":\"RS256\"} | .b.c.d.e.f", "{\"alg\":\"RS256\"} | ''",
					"{\"alg\":\"RS256\"} | .", "{\"alg\" | .b.c.d.e", "{\"alg\":\"dir\",} | .b.c.d.e", "{} | .b.c.d.e",
					"{\"x\":1} | .b.c.d", "' {\"alg\":\"dir\"}' | .b.c.d.e", "' {\"alg\":1}' | .b",
					"'      {\"alg\":1}' | .b.c.d.e", "'      {\"alg\" :' | .b.c.d.e" })
	void findsJoseHeader(String header, String rest) {
		assertThat(JoseForm.matches(encode(header) + rest)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eyJhbGciOiJkaXIif.b.c.d.1", "eyJ+.b.c.d.e", "eyJ.b.c.d.e", "eyJhbGciOiJkaXIifQ==.b.c.d",
			"eyJhbGciOiJkaXIifQ+/.b.c.d", "eyJhbGciOiJkaXIif~.b.c.d.1" })
	void findsBrokenHeaderBeforeManyParts(String text) {
		assertThat(JoseForm.matches(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eyJhbGciOiJkaXIif", "eyJhbGciOiJkaXIif.b", "eyJhbGciOiJkaXIif~.b", "eyJhbGciOiJkaXIifQ==",
			"eyJlbmMiOjF9.b" })
	void findsBrokenHeaderThatNamesAnAlgorithm(String text) {
		assertThat(JoseForm.matches(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "opaque", "a.b", "a.b.c.d", "a.b.c.d.e", "ory_at_Zm9v.YmFy",
			"v4.local.cGF5bG9hZA.Zm9vdGVy", "eyJ", "e30", "e30.b", "eyJ1c2VyIjoxfQ.c2ln", "", ".", "....", "=", "a=",
			"2YotnFZFEjr1zCsicMWpAA", "MDAxY2xvY2F0aW9u", "ghp_16C7e42F292c6912E7710c838347Ae178B4a" })
	void leavesOpaqueTokensAlone(String text) {
		assertThat(JoseForm.matches(text)).isFalse();
	}

	private static String encode(String header) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
	}

}
