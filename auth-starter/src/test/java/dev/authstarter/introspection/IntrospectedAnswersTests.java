package dev.authstarter.introspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The answers of real introspection endpoints, complete and with each member removed or
 * changed to another type, over HTTP.
 */
@ApiTest(value = TestApi.class,
		properties = { "auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret",
				"auth-starter.introspection.time-to-live=0", "logging.level.dev.authstarter.refusals=OFF" })
class IntrospectedAnswersTests {

	private static final JsonServer SERVER = new JsonServer("/introspect");

	private static final AtomicInteger TOKENS = new AtomicInteger();

	/** Members without which no answer is acceptable, independent of the others. */
	private static final List<String> INDISPENSABLE = List.of("active", "aud", "exp");

	@Autowired
	HttpCalls http;

	@DynamicPropertySource
	static void introspectHere(DynamicPropertyRegistry registry) {
		registry.add("auth-starter.introspection.uri", () -> SERVER.uri("/introspect"));
	}

	static Stream<IntrospectedAnswer> corpus() throws IOException {
		return IntrospectedAnswer.all().stream();
	}

	static Stream<IntrospectedAnswer> accepted() throws IOException {
		return corpus().filter((answer) -> answer.generic().equals("200"));
	}

	@AfterAll
	static void close() {
		SERVER.close();
	}

	@ParameterizedTest
	@MethodSource("corpus")
	void validatesAnswerOfEachServer(IntrospectedAnswer answer) {
		assertThat(answer(answer.answer())).as(answer.says()).isEqualTo(answer.generic());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "active | \"true\" | 401 inactive_token", "active | 1 | 401 inactive_token",
			"active | null | 401 inactive_token", "active | [true] | 401 inactive_token",
			"active | {} | 401 inactive_token", "active | false | 401 inactive_token", "token_type | \"BEARER\" | 200",
			"token_type | \"bearer\" | 200", "token_type | null | 200", "token_type | \"access_token\" | 200",
			"token_type | \"DPoP\" | 401 unproven_possession", "token_type | \"PoP\" | 401 unproven_possession",
			"token_type | \"Refresh\" | 401 refresh_token", "token_type | \"refresh-token\" | 401 refresh_token",
			"token_type | \"ID\" | 401 id_token", "token_type | \"mac\" | 401 not_an_access_token",
			"token_type | \"N_A\" | 401 not_an_access_token", "token_type | \"\" | 401 not_an_access_token",
			"token_type | \"Bearer \" | 401 not_an_access_token", "token_type | 1 | 401 not_an_access_token",
			"token_type | true | 401 not_an_access_token", "token_type | [\"Bearer\"] | 401 not_an_access_token",
			"token_type | {} | 401 not_an_access_token", "token_use | \"access\" | 200",
			"token_use | \"access_token\" | 200", "token_use | null | 401 not_an_access_token",
			"token_use | \"refresh_token\" | 401 refresh_token", "token_use | \"REFRESH\" | 401 refresh_token",
			"token_use | \"id\" | 401 id_token", "token_use | \"id_token\" | 401 id_token",
			"token_use | \"Bearer\" | 401 not_an_access_token", "token_use | \"\" | 401 not_an_access_token",
			"token_use | [\"access\"] | 401 not_an_access_token", "token_use | 0 | 401 not_an_access_token",
			"iss | null | 200", "iss | 1 | 401 wrong_issuer", "iss | [\"https://issuer.example/\"] | 401 wrong_issuer",
			"iss | \"https://issuer.example\" | 401 wrong_issuer", "iss | \"\" | 401 wrong_issuer",
			"aud | null | 401 wrong_audience", "aud | 1 | 401 wrong_audience", "aud | [] | 401 wrong_audience",
			"aud | {\"https://api.example\":1} | 401 wrong_audience",
			"aud | \"https://api.example/\" | 401 wrong_audience", "aud | [\"x\",\"https://api.example\"] | 200",
			"exp | null | 401 missing_expiry", "exp | \"1795262640\" | 401 malformed_token",
			"exp | true | 401 malformed_token", "exp | [1795262640] | 401 malformed_token",
			"exp | 1795262370 | 401 token_expired", "exp | 1795262371 | 200", "exp | 1e300 | 401 malformed_token",
			"nbf | 1795262430 | 200", "nbf | 1795262431 | 401 token_not_yet_valid", "nbf | \"x\" | 401 malformed_token",
			"nbf | null | 200", "iat | 1795262431 | 401 token_not_yet_valid", "iat | {} | 401 malformed_token",
			"sub | [\"u\"] | 401 malformed_token", "sub | {} | 401 malformed_token", "sub | true | 401 malformed_token",
			"cnf | {} | 401 unproven_possession", "cnf | \"x\" | 401 unproven_possession",
			"cnf | null | 401 unproven_possession" })
	void validatesMemberLikeThatOfJwt(String member, String value, String expected) throws Exception {
		Map<String, Object> members = new LinkedHashMap<>(first().answer());
		if (member.equals("exp")) {
			members.remove("iat");
			members.remove("nbf");
		}
		members.put(member, JSONObjectUtils.parse("{\"value\":" + value + "}").get("value"));
		assertThat(answer(members)).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void staysOnItsFeetWhateverAMemberIs(IntrospectedAnswer whole) {
		for (String member : whole.answer().keySet()) {
			Map<String, Object> without = new LinkedHashMap<>(whole.answer());
			without.remove(member);
			assertAnswered(member, without);
			for (Object value : Arrays.asList(null, 1, -1, 1e300, true, false, "", "x", List.of(), List.of(1), Map.of(),
					Map.of("a", List.of()))) {
				Map<String, Object> changed = new LinkedHashMap<>(whole.answer());
				changed.put(member, value);
				assertAnswered(member, changed);
			}
		}
	}

	private void assertAnswered(String member, Map<String, Object> answer) {
		boolean active = member.equals("active") && Boolean.TRUE.equals(answer.get("active"));
		String result = answer(answer);
		assertThat(result).as(member + " in " + answer).matches("200|401 [a-z_]+|403 [a-z_]+");
		if (INDISPENSABLE.contains(member) && !active) {
			assertThat(result).as(member + " in " + answer).isNotEqualTo("200");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "\"x\"", "1", "null", "true", "<html>", "{\"active\":true", "{\"active\":true}}",
			"{\"active\":true,\"active\":false}", "\uFEFF{\"active\":true}" })
	void answerThatCannotBeReadIsAFaultOfTheServer(String body) {
		SERVER.answer(200, body);
		assertThat(this.http.answer("/me", "opaque-" + TOKENS.getAndIncrement()))
			.isEqualTo("503 introspection_unavailable");
		// Several failures in a row would pause introspection.
		answer(Map.of("active", false));
	}

	private String answer(Map<String, Object> answer) {
		SERVER.answer(200, JSONObjectUtils.toJSONString(new LinkedHashMap<>(answer)));
		return this.http.answer("/me", "opaque-" + TOKENS.getAndIncrement());
	}

	private static IntrospectedAnswer first() throws IOException {
		return new ArrayList<>(IntrospectedAnswer.all()).get(0);
	}

}
