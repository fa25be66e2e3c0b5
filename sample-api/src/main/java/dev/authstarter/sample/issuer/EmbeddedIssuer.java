package dev.authstarter.sample.issuer;

import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the issuer before the API serves, and stops it after. Stays away if the API
 * trusts any other issuer: then there is a real one elsewhere.
 */
@Component
final class EmbeddedIssuer implements SmartLifecycle {

	private final TrustedIssuer trusted;

	private final int port;

	private volatile @Nullable ConfigurableApplicationContext context;

	EmbeddedIssuer(TrustedIssuer trusted, @Value("${sample.issuer.port}") int port) {
		this.trusted = trusted;
		this.port = port;
	}

	String url() {
		return "http://localhost:" + this.port;
	}

	@Override
	public boolean isAutoStartup() {
		return this.trusted.issuer().equals(url());
	}

	/** Before any web server: theirs is the last phase. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		// As arguments, because SERVER_PORT and the like are meant for the API.
		this.context = new SpringApplicationBuilder(IssuerConfiguration.class).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.run("--spring.config.name=issuer", "--server.port=" + this.port,
					"--spring.security.oauth2.authorizationserver.issuer=" + url(),
					"--issuer.audience=" + String.join(",", this.trusted.audiences()));
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
