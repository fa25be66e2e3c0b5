package dev.authstarter.refusal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Reasons of an application, over HTTP where a guard or a service refuses for them.
 */
@ApiTest(OwnReasonTests.Api.class)
class OwnReasonTests {

	private static final Reason QUOTA = Reason.of("quota_exceeded", 429, "The quota of this caller is used up");

	private static final Reason DEVICE = Reason.of("unknown_device", 401, "The token is of an unknown device");

	private static final Reason CLOSED = Reason.of("month_closed", 409, "The month is closed");

	private static final Reason UNDECLARED = Reason.of("undeclared_reason", 403, "This reason is no bean");

	@Autowired
	HttpCalls http;

	@Autowired
	MeterRegistry meters;

	@ParameterizedTest
	@CsvSource({ "/refused-by-guard, quota_exceeded, 429", "/thrown, month_closed, 409",
			"/refused-by-guard-as-token, unknown_device, 401" })
	@ExtendWith(OutputCaptureExtension.class)
	void isSpelledTheSameEverywhere(String path, String code, int status, CapturedOutput output) {
		double before = refusals(code);
		HttpResponse<String> response = this.http.getWithToken(path, token());
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", code)
			.containsEntry("type", "urn:auth-starter:refusal:" + code)
			.containsEntry("status", (long) status);
		assertThat(refusals(code)).isEqualTo(before + 1);
		assertThat(output).contains("Refused: " + code);
	}

	@Test
	void namesTheErrorOfARefusedTokenInTheChallenge() {
		assertThat(challenge("/refused-by-guard-as-token")).contains("error=\"invalid_token\"",
				"error_description=\"The token is of an unknown device\"");
		assertThat(challenge("/refused-by-guard")).isEmpty();
		assertThat(challenge("/thrown")).isEmpty();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void countsReasonsThatAreNoBeansTogether(CapturedOutput output) {
		double before = refusals("other");
		HttpResponse<String> response = this.http.getWithToken("/undeclared", token());
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(HttpCalls.json(response)).containsEntry("reason", "undeclared_reason");
		assertThat(refusals("other")).isEqualTo(before + 1);
		assertThat(output).contains("Refused: undeclared_reason");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 302, 402, 418, 500, 502, 0, -1 })
	void hasNoStatusThatIsNoRefusal(int status) {
		assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("own", status, "Own"))
			.withMessageContaining("'own'")
			.withMessageContaining(String.valueOf(status));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "Quota", "quota-exceeded", "_quota", "quota_", "quota__exceeded", "1quota",
			"quóta", "quota\n", "token_expired", "caller_lost", "none", "other" })
	void hasNoCodeThatIsTakenOrNoWord(String code) {
		assertThatIllegalArgumentException().isThrownBy(() -> Reason.of(code, 403, "Own")).withMessageContaining(code);
	}

	@Test
	void hasACodeOfAtMost64Characters() {
		assertThat(Reason.of("a".repeat(64), 403, "Own").code()).hasSize(64);
		assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("a".repeat(65), 403, "Own"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "quo\"ted", "back\\slash", "line\nbreak", "Zürich" })
	void hasNoDescriptionThatAChallengeCouldNotSay(String description) {
		assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("own", 403, description))
			.withMessageContaining("'own'");
	}

	@Test
	void hasADescriptionOfAtMost200Characters() {
		assertThat(Reason.of("own", 403, "a".repeat(200)).description()).hasSize(200);
		assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("own", 403, "a".repeat(201)));
	}

	@Test
	void isItselfAgainAfterSerialization() throws IOException, ClassNotFoundException {
		for (Reason reason : List.of(Reason.TOKEN_EXPIRED, QUOTA)) {
			Refusal copy = copy(Refusal.of(reason));
			assertThat(copy.reason()).isEqualTo(reason).hasSameHashCodeAs(reason);
			assertThat(copy.reason().status()).isEqualTo(reason.status());
			assertThat(copy.reason().error()).isEqualTo(reason.error());
			assertThat(copy.reason().description()).isEqualTo(reason.description());
		}
		assertThat(copy(Refusal.of(Reason.TOKEN_EXPIRED)).reason()).isSameAs(Reason.TOKEN_EXPIRED);
	}

	@Test
	void stopsTheStartWhereTwoBeansHaveTheSameCode() {
		start(Map.of("one", QUOTA, "two", Reason.of(QUOTA.code(), 403, "Another")))
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.isInstanceOf(AccessRuleException.class)
				.hasMessageContaining("'quota_exceeded'"));
		start(Map.of("one", QUOTA, "two", CLOSED, "three", Reason.NOT_FOUND))
			.run((started) -> assertThat(started).hasNotFailed());
	}

	private static WebApplicationContextRunner start(Map<String, Reason> reasons) {
		WebApplicationContextRunner runner = new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one");
		for (Map.Entry<String, Reason> reason : reasons.entrySet()) {
			runner = runner.withBean(reason.getKey(), Reason.class, reason::getValue);
		}
		return runner;
	}

	private static Refusal copy(Refusal refusal) throws IOException, ClassNotFoundException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(refusal);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			return (Refusal) in.readObject();
		}
	}

	private String challenge(String path) {
		return this.http.getWithToken(path, token()).headers().firstValue("WWW-Authenticate").orElse("");
	}

	private double refusals(String code) {
		return this.meters.get("auth.tokens")
			.tag("reason", code)
			.functionCounters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private static String token() {
		return TestToken.validAt(TestApi.NOW).signed();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, Endpoints.class })
	static class Api {

		@Bean
		Reason quota() {
			return QUOTA;
		}

		@Bean
		Reason device() {
			return DEVICE;
		}

		@Bean
		Reason closed() {
			return CLOSED;
		}

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

		@Bean
		HandlerGuard guard() {
			return new PathGuard();
		}

	}

	/**
	 * Refuses by the path.
	 */
	private static final class PathGuard implements HandlerGuard {

		private static final Map<String, Reason> REASONS = Map.of("/refused-by-guard", QUOTA,
				"/refused-by-guard-as-token", DEVICE, "/undeclared", UNDECLARED);

		@Override
		public @Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller) {
			Reason reason = REASONS.get(String.valueOf(call.pattern()));
			return (reason != null) ? Refusal.of(reason) : null;
		}

	}

	@RestController
	static class Endpoints {

		@GetMapping({ "/refused-by-guard", "/refused-by-guard-as-token", "/undeclared" })
		@RequiresScope("read:notes")
		String refused() {
			return "reached";
		}

		@GetMapping("/thrown")
		@RequiresScope("read:notes")
		String thrown() {
			throw new RefusedException(Refusal.of(CLOSED));
		}

	}

}
