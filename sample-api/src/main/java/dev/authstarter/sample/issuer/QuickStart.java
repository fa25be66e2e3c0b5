package dev.authstarter.sample.issuer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.log.LogMessage;
import org.springframework.stereotype.Component;

/**
 * Prints commands for a terminal that get a token and call the API.
 */
@Component
final class QuickStart {

	private static final Log logger = LogFactory.getLog(QuickStart.class);

	private static final String LINES = """
			Ready. Get a token and call the API:

			TOKEN=$(curl -s -u reminder-cron:reminder-cron-secret -d grant_type=client_credentials \
			-d scope=read:appointments %s/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
			curl -i -H "Authorization: Bearer $TOKEN" http://localhost:%s/organizations/org_acme/appointments
			""";

	private final EmbeddedIssuer issuer;

	QuickStart(EmbeddedIssuer issuer) {
		this.issuer = issuer;
	}

	@EventListener
	void print(ApplicationReadyEvent ready) {
		if (this.issuer.isRunning()) {
			String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
			logger.info(LogMessage.format(LINES, this.issuer.url(), port));
		}
	}

}
