package dev.authstarter.sample.reminder;

import dev.authstarter.sample.SampleApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.awaitility.Awaitility.await;

@SpringBootTest(classes = SampleApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "sample.reminder.cron=* * * * * *")
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext // or it would go on while other tests listen
class ReminderScheduleTests {

	@DynamicPropertySource
	static void issuerPort(DynamicPropertyRegistry properties) {
		int port = TestSocketUtils.findAvailableTcpPort();
		properties.add("sample.issuer.port", () -> port);
	}

	@Test
	void remindsInTheBackground(CapturedOutput output) {
		await().until(() -> output.getAll().contains("The next appointment of Acme Clinic is at "));
	}

}
