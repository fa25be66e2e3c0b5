package dev.authstarter.sample.reminder;

import java.time.Duration;

import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.sample.SampleApplication;
import dev.authstarter.sample.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The machine (client credentials) with the real issuer and the real API.
 */
@SpringBootTest(classes = { SampleApplication.class, ReminderCronTests.Time.class },
		webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ReminderCronTests {

	private static final String SUCCESS = "The next appointment of Acme Clinic is at 2035-12-10T09:00:00Z";

	private static final String FAILURE = "No reminder this time";

	/** The name under which a machine has its token. */
	private static final String ANONYMOUS = "anonymousUser";

	@Autowired
	private ReminderCron machine;

	@Autowired
	private OAuth2AuthorizedClientService tokens;

	@Autowired
	@Qualifier("embeddedIssuer")
	private Lifecycle issuer;

	@Autowired
	private SettableClock clock;

	@DynamicPropertySource
	static void issuerPort(DynamicPropertyRegistry properties) {
		int port = TestSocketUtils.findAvailableTcpPort();
		properties.add("sample.issuer.port", () -> port);
	}

	@AfterEach
	void forgetToken() {
		this.clock.setAhead(Duration.ZERO);
		this.tokens.removeAuthorizedClient(ReminderCron.REGISTRATION, ANONYMOUS);
	}

	@Test
	void callsTheApiWithItsOwnToken(CapturedOutput output) {
		this.machine.remind();
		assertThat(output).contains(SUCCESS).doesNotContain(FAILURE);
	}

	@Test
	void keepsItsTokenWhileItIsGood() {
		this.machine.remind();
		@Nullable OAuth2AuthorizedClient first = token();
		this.machine.remind();
		assertThat(first).isNotNull();
		assertThat(token()).extracting("accessToken.tokenValue").isEqualTo(first.getAccessToken().getTokenValue());
	}

	@Test
	void saysThatTheIssuerIsDownAndGoesOnWhenItIsBack(CapturedOutput output) {
		this.issuer.stop();
		try {
			this.machine.remind();
			assertThat(output.getOut().lines().filter((line) -> line.contains(FAILURE))).hasSize(1);
			assertThat(output).doesNotContain(SUCCESS, "\tat ");
		}
		finally {
			this.issuer.start();
		}
		this.machine.remind();
		assertThat(output).contains(SUCCESS);
	}

	@Test
	void forgetsTokenThatTheApiRefuses(CapturedOutput output) {
		this.machine.remind();
		assertThat(token()).isNotNull();
		this.clock.setAhead(Duration.ofMinutes(6));
		this.machine.remind();
		assertThat(output).contains(FAILURE);
		assertThat(token()).isNull();
	}

	@Test
	void staysAwayFromApiThatTrustsAnotherIssuer() {
		new ApplicationContextRunner().withUserConfiguration(ReminderConfiguration.class)
			.withPropertyValues("auth-starter.issuer=https://acme.eu.auth0.com/",
					"sample.reminder.issuer=http://localhost:9000")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ReminderCron.class));
	}

	private @Nullable OAuth2AuthorizedClient token() {
		return this.tokens.loadAuthorizedClient(ReminderCron.REGISTRATION, ANONYMOUS);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Time {

		@Bean(AuthStarterAutoConfiguration.CLOCK)
		SettableClock clock() {
			return new SettableClock();
		}

	}

}
