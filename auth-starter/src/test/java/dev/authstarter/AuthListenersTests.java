package dev.authstarter;

import java.util.List;
import java.util.Set;

import dev.authstarter.fixture.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AuthListenersTests {

	private static final TrustedIssuer STAFF = new TrustedIssuer("staff", "https://staff.example/", Set.of("one"), null,
			List.of("RS256"));

	private final Told told = new Told();

	@Test
	void tellsNobodyWhereNobodyListens() {
		new AuthListeners(List::of).accepted(STAFF);
	}

	@Test
	void failingListenerChangesNothingForTheOthers(CapturedOutput output) {
		AuthListener failing = new AuthListener() {

			@Override
			public void accepted(TrustedIssuer issuer) {
				throw new IllegalStateException("on purpose");
			}

			@Override
			public void keysDegraded(KeysDegraded degraded) {
				throw new IllegalStateException("on purpose");
			}

		};
		AuthListeners listeners = new AuthListeners(() -> List.of(failing, this.told));
		listeners.accepted(STAFF);
		listeners.keysDegraded(new KeysDegraded("staff", "IOException"));
		assertThat(this.told.words()).containsExactly("accepted staff", "degraded staff IOException");
		assertThat(output).contains("A listener failed", "on purpose");
	}

}
