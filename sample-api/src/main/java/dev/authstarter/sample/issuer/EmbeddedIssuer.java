package dev.authstarter.sample.issuer;

import java.util.Map;
import java.util.Set;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the issuer before the API serves, and stops it after. Stays away if the API does
 * not trust this very address: then there is a real one elsewhere.
 */
@Component
final class EmbeddedIssuer implements SmartLifecycle {

	private final int port;

	/** Empty if the API does not trust this issuer. */
	private final Set<String> audiences;

	private volatile @Nullable ConfigurableApplicationContext context;

	EmbeddedIssuer(TrustedIssuers trusted, @Value("${sample.issuer.port}") int port) {
		this.port = port;
		TrustedIssuer self = trusted.find(Map.of("iss", url()));
		this.audiences = (self != null) ? self.audiences() : Set.of();
	}

	String url() {
		return "http://localhost:" + this.port;
	}

	@Override
	public boolean isAutoStartup() {
		return !this.audiences.isEmpty();
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
					"--issuer.audience=" + String.join(",", this.audiences));
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
