package dev.authstarter.sample.issuer;

import dev.authstarter.issuer.TrustedIssuers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API with an external issuer.
 */
@SpringBootTest(properties = "ISSUER=https://acme.eu.auth0.com/")
@ExtendWith(OutputCaptureExtension.class)
class ExternalIssuerTests {

	@Test
	void keepsEmbeddedIssuerAway(@Autowired TrustedIssuers trusted, @Autowired EmbeddedIssuer embedded,
			CapturedOutput output) {
		assertThat(trusted.first().issuer()).isEqualTo("https://acme.eu.auth0.com/");
		assertThat(embedded.isRunning()).isFalse();
		assertThat(output.getAll()).contains("Started").doesNotContain("TOKEN=");
	}

}
