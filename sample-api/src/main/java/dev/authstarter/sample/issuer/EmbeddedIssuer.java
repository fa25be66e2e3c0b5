package dev.authstarter.sample.issuer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Starts the issuer before the API's web server, and stops it after. It does not start if
 * the API does not trust its URL, because the API then has another issuer. Start-up fails
 * if the API trusts it and a profile other than those for development is active.
 */
@Component
final class EmbeddedIssuer implements SmartLifecycle {

	/** Profiles that choose a database or a web stack, or start the web application. */
	private static final Set<String> HARMLESS_PROFILES = Set.of("default", "postgres", "webflux", "clinic-web");

	private static final int DEFAULT_API_PORT = 8080;

	private final int port;

	private final int apiPort;

	private final int webPort;

	/** Empty if the API does not trust this issuer. */
	private final Set<String> audiences;

	private volatile @Nullable ConfigurableApplicationContext context;

	EmbeddedIssuer(TrustedIssuers trusted, @Value("${sample.issuer.port}") int port,
			@Value("${server.port:" + DEFAULT_API_PORT + "}") int apiPort, @Value("${sample.web.port}") int webPort,
			Environment environment) {
		this.port = port;
		this.webPort = webPort;
		this.apiPort = (apiPort > 0) ? apiPort : DEFAULT_API_PORT;
		TrustedIssuer self = trusted.find(Map.of("iss", url()));
		this.audiences = (self != null) ? self.audiences() : Set.of();
		if (self != null) {
			refuseToServe(environment.getActiveProfiles());
		}
	}

	private void refuseToServe(String[] profiles) {
		List<String> others = Stream.of(profiles).filter((profile) -> !HARMLESS_PROFILES.contains(profile)).toList();
		if (!others.isEmpty()) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.issuer", url(),
					("The users, passwords and secrets of the sample's issuer are public, so it starts only in the "
							+ "default profile, but the profile '%s' is active. Set ISSUER to the address of your own "
							+ "issuer, or deactivate the profile.")
						.formatted(String.join("', '", others)));
		}
	}

	String url() {
		return "http://localhost:" + this.port;
	}

	@Override
	public boolean isAutoStartup() {
		return !this.audiences.isEmpty();
	}

	/** Before all web servers, which start in the last phase. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		// Passed as arguments, because environment variables such as SERVER_PORT are
		// meant for the API. Spring Authorization Server needs servlets.
		this.context = new SpringApplicationBuilder(IssuerConfiguration.class).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.run("--spring.config.name=issuer", "--spring.main.web-application-type=servlet",
					"--server.address=localhost", "--server.servlet.context-path=", "--server.port=" + this.port,
					"--spring.security.oauth2.authorizationserver.issuer=" + url(),
					"--issuer.audience=" + String.join(",", this.audiences),
					"--issuer.app=http://localhost:" + this.apiPort, "--issuer.web=http://localhost:" + this.webPort);
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
