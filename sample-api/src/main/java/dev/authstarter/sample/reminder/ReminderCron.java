package dev.authstarter.sample.reminder;

import java.time.Instant;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.log.LogMessage;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import static org.springframework.security.oauth2.client.web.client.RequestAttributeClientRegistrationIdResolver.clientRegistrationId;

/**
 * Looks up the next appointment of Acme Clinic. Spring's OAuth 2 client gets its token,
 * and a new one when the old one is about to expire.
 */
final class ReminderCron {

	/** Its registration at the issuer, in {@code application.yml}. */
	static final String REGISTRATION = "reminder-cron";

	private static final Log logger = LogFactory.getLog(ReminderCron.class);

	private final RestClient http;

	private final Environment environment;

	ReminderCron(RestClient http, Environment environment) {
		this.http = http;
		this.environment = environment;
	}

	@Scheduled(cron = "${sample.reminder.cron}")
	void remind() {
		try {
			for (Due next : next()) {
				logger.info(LogMessage.format("The next appointment of Acme Clinic is at %s", next.startsAt()));
			}
		}
		catch (OAuth2AuthorizationException | RestClientException ex) {
			logger.warn(LogMessage.format("No reminder this time: %s (%s)", ex.getMessage(),
					NestedExceptionUtils.getMostSpecificCause(ex).getClass().getSimpleName()));
		}
	}

	private Due[] next() {
		// The API's port may be chosen at start-up, so it is known only now.
		Due[] found = this.http.get()
			.uri("http://localhost:{port}/organizations/org_acme/appointments?size=1",
					this.environment.getProperty("local.server.port"))
			.attributes(clientRegistrationId(REGISTRATION))
			.retrieve()
			.body(Due[].class);
		return (found != null) ? found : new Due[0];
	}

	/**
	 * The part of an appointment that the reminder reads.
	 *
	 * @param startsAt the start time
	 */
	record Due(Instant startsAt) {

	}

}
