package dev.authstarter.sample.reminder;

import dev.authstarter.sample.SampleApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The machine in the profile {@code webflux}, where Spring Boot configures no clients
 * that may wait.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReminderOnWebFluxTests {

	@Test
	void callsTheApiWithItsOwnToken(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class)
			.profiles("webflux")
			.properties("server.port=0", "sample.issuer.port=" + TestSocketUtils.findAvailableTcpPort())
			.run()) {
			context.getBean(ReminderCron.class).remind();
		}
		assertThat(output).contains("The next appointment of Acme Clinic is at 2035-12-10T09:00:00Z")
			.doesNotContain("No reminder this time");
	}

}
