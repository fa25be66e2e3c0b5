package dev.authstarter.sample.web;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.log.LogMessage;
import org.springframework.stereotype.Component;

/**
 * Starts the web application after the API's web server, in the profile
 * {@code clinic-web}. It does not start if the API trusts another issuer than the one at
 * which the web application is registered.
 */
@Component
@Profile("clinic-web")
@ConditionalOnExpression("'${auth-starter.issuer:}' == 'http://localhost:${sample.issuer.port}'")
final class EmbeddedWebApplication implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(EmbeddedWebApplication.class);

	private final Environment environment;

	private volatile @Nullable ConfigurableApplicationContext context;

	EmbeddedWebApplication(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void start() {
		// Passed as arguments, because environment variables such as SERVER_PORT are
		// meant for the API.
		this.context = new SpringApplicationBuilder(WebApplicationConfiguration.class).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.run("--spring.config.name=clinic-web", "--spring.main.web-application-type=servlet",
					"--server.address=localhost", "--server.servlet.context-path=",
					"--server.port=" + property("sample.web.port"),
					"--clinic-web.issuer=" + property("auth-starter.issuer"),
					"--clinic-web.api=http://localhost:" + property("local.server.port")
							+ this.environment.getProperty("server.servlet.context-path", ""),
					"--clinic-web.renew-before=" + property("sample.web.renew-before"));
		logger
			.info(LogMessage.format("The web application listens on http://localhost:%s", property("sample.web.port")));
	}

	private String property(String name) {
		return this.environment.getRequiredProperty(name);
	}

	@Override
	public void stop() {
		ConfigurableApplicationContext running = this.context;
		if (running != null) {
			running.close();
			this.context = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.context != null;
	}

}
