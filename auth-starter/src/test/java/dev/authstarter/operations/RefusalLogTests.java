package dev.authstarter.operations;

import java.time.Instant;
import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.refusal.Reasons;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RefusalLogTests {

	private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final RefusalLog log = new RefusalLog(this.clock, new Reasons(List.of()));

	@Test
	void saysWhatIsKnownAndNothingElse(CapturedOutput output) {
		this.log.requestRefused(
				new RequestRefused(Reason.INSUFFICIENT_SCOPE, "staff", "/notes/{id}", "0123456789ab", "4bf92f", null));
		this.log.requestRefused(new RequestRefused(Reason.MISSING_TOKEN, null, null, null, null, null));
		assertThat(lines(output)).containsExactly(
				"Refused: insufficient_scope, issuer staff, handler /notes/{id}, client 0123456789ab, trace 4bf92f",
				"Refused: missing_token");
	}

	@Test
	void holdsBackWhatIsTooMuchOfOneReason(CapturedOutput output) {
		refuse(Reason.BAD_SIGNATURE, RefusalLog.LINES + 3);
		refuse(Reason.MISSING_TOKEN, 1);
		assertThat(lines(output)).hasSize(RefusalLog.LINES + 1).last().isEqualTo("Refused: missing_token");
	}

	@Test
	void saysAfterTheMinuteHowMuchItHeldBack(CapturedOutput output) {
		refuse(Reason.BAD_SIGNATURE, RefusalLog.LINES + 3);
		this.clock.advance(RefusalLog.WINDOW.minusMillis(1));
		refuse(Reason.BAD_SIGNATURE, 1);
		assertThat(lines(output)).hasSize(RefusalLog.LINES);
		this.clock.advance(java.time.Duration.ofMillis(1));
		refuse(Reason.BAD_SIGNATURE, 2);
		assertThat(lines(output)).hasSize(RefusalLog.LINES + 2)
			.endsWith("Refused: bad_signature, suppressed 4", "Refused: bad_signature");
	}

	@Test
	void warnsOnlyOfWhatIsOurs(CapturedOutput output) {
		refuse(Reason.KEYS_UNAVAILABLE, 1);
		refuse(Reason.BAD_SIGNATURE, 1);
		assertThat(output.getAll().lines().filter((line) -> line.contains(" WARN "))).singleElement()
			.asString()
			.contains("keys_unavailable");
	}

	@Test
	void callsLostCallerAnErrorAndNamesTheMethod(CapturedOutput output) {
		this.log.requestRefused(
				new RequestRefused(Reason.CALLER_LOST, "staff", "/reports", null, null, "com.acme.Reports#all"));
		assertThat(output.getAll().lines().filter((line) -> line.contains(" ERROR "))).singleElement()
			.asString()
			.endsWith(
					"Refused: caller_lost, issuer staff, handler /reports, method com.acme.Reports#all. It was called "
							+ "on a thread to which the caller was not propagated.");
	}

	private void refuse(Reason reason, int times) {
		for (int i = 0; i < times; i++) {
			this.log.requestRefused(new RequestRefused(reason, null, null, null, null, null));
		}
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("Refused: "))
			.map((line) -> line.substring(line.indexOf("Refused: ")))
			.toList();
	}

}
