package dev.authstarter.test;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class RefusalAssertTests {

	private static final String CHALLENGE = "Bearer realm=\"api\", error=\"insufficient_scope\"";

	private static final String BODY = "{\"status\":403,\"reason\":\"insufficient_scope\",\"required\":[\"a\",\"b\"]}";

	@Test
	void passesForTheReason() {
		assertThatNoException().isThrownBy(
				() -> response(403, CHALLENGE, BODY).isRefusedWith(Reason.INSUFFICIENT_SCOPE).namesRequired("a", "b"));
	}

	@Test
	void saysWhatWasAnsweredInsteadOfTheReason() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> response(403, CHALLENGE, BODY).isRefusedWith(Reason.WRONG_AUDIENCE))
			.withMessage("""

					Expected a refusal with
					  status:    401
					  reason:    wrong_audience
					  error:     invalid_token
					but got
					  status:    403
					  reason:    insufficient_scope
					  required:  [a, b]
					  challenge: Bearer realm="api", error="insufficient_scope"
					  body:      {"status":403,"reason":"insufficient_scope","required":["a","b"]}""");
	}

	@Test
	void saysWhichRequestItWas() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> RefusalAssertions.assertThatResponse("GET /notes", 403, CHALLENGE, BODY).isNotRefused())
			.withMessageContaining("but got%n  request:   GET /notes%n  status:    403".formatted());
	}

	@Test
	void failsForAnotherStatus() {
		assertFails(() -> response(401, CHALLENGE, BODY).isRefusedWith(Reason.INSUFFICIENT_SCOPE));
	}

	@Test
	void failsForAChallengeWithoutTheError() {
		assertFails(() -> response(403, "Bearer realm=\"api\"", BODY).isRefusedWith(Reason.INSUFFICIENT_SCOPE));
		assertFails(() -> response(403, null, BODY).isRefusedWith(Reason.INSUFFICIENT_SCOPE));
	}

	@Test
	void failsForAChallengeWithAnErrorTooMany() {
		assertFails(() -> response(403, CHALLENGE, "{\"reason\":\"organization_mismatch\"}")
			.isRefusedWith(Reason.ORGANIZATION_MISMATCH));
	}

	@Test
	void failsForABodyThatIsNoProblem() {
		assertFails(() -> response(403, CHALLENGE, "Forbidden").isRefusedWith(Reason.INSUFFICIENT_SCOPE));
		assertFails(() -> response(403, CHALLENGE, "").isRefusedWith(Reason.INSUFFICIENT_SCOPE));
	}

	@Test
	void failsForOtherRequiredNames() {
		assertFails(() -> response(403, CHALLENGE, BODY).namesRequired("a"));
	}

	@Test
	void distinguishesRefusalsFromOtherResponses() {
		assertThatNoException().isThrownBy(() -> response(404, null, "{\"status\":404}").isNotRefused());
		assertFails(() -> response(403, CHALLENGE, BODY).isNotRefused());
		assertFails(() -> response(401, "Bearer", "").isNotRefused());
		assertFails(() -> response(401, null, "").isNotRefused());
		assertFails(() -> response(403, null, "").isNotRefused());
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 299 })
	void acceptsSuccess(int status) {
		assertThatNoException().isThrownBy(() -> response(status, null, "{}").isAllowed());
	}

	@ParameterizedTest
	@ValueSource(ints = { 199, 300, 302, 400, 404, 500 })
	void doesNotTakeOtherAnswersForSuccess(int status) {
		assertFails(() -> response(status, null, "{}").isAllowed());
		assertFails(() -> response(403, CHALLENGE, BODY).isAllowed());
	}

	private static RefusalAssert response(int status, @Nullable String challenge, String body) {
		return RefusalAssertions.assertThatResponse(status, challenge, body);
	}

	private static void assertFails(Runnable assertion) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run);
	}

}
