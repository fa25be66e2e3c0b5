package dev.authstarter.sample.issuer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.TrustedKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedIssuerTests {

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final EmbeddedIssuer issuer = issuerFor("http://localhost:" + this.port);

	@Test
	void startsForApiThatTrustsIt() {
		assertThat(this.issuer.isAutoStartup()).isTrue();
	}

	@Test
	void staysAwayFromApiThatTrustsAnother() {
		assertThat(issuerFor("https://acme.eu.auth0.com/").isAutoStartup()).isFalse();
		assertThat(issuerFor("http://localhost:" + (this.port + 1)).isAutoStartup()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "prod", "auth0", "postgres,prod" })
	void refusesToServeInOtherProfiles(String profiles) {
		MockEnvironment environment = new MockEnvironment();
		environment.setActiveProfiles(profiles.split(",", -1));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> issuerFor("http://localhost:" + this.port, environment))
			.withMessageContaining("starts only in the default profile")
			.withMessageContaining(
					"'" + environment.getActiveProfiles()[environment.getActiveProfiles().length - 1] + "'");
		assertThat(issuerFor("https://acme.eu.auth0.com/", environment).isAutoStartup()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "postgres", "webflux", "clinic-web", "postgres,webflux,clinic-web" })
	void servesInProfilesOfTheSampleItself(String profiles) {
		MockEnvironment environment = new MockEnvironment();
		environment.setActiveProfiles(profiles.split(",", -1));
		assertThat(issuerFor("http://localhost:" + this.port, environment).isAutoStartup()).isTrue();
	}

	@Test
	void publishesMetadataUntilStopped() throws Exception {
		this.issuer.start();
		assertThat(this.issuer.isRunning()).isTrue();
		assertThat(metadata()).contains("\"issuer\":\"http://localhost:" + this.port + "\"");
		this.issuer.stop();
		assertThat(this.issuer.isRunning()).isFalse();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::metadata);
	}

	/** Environment variables such as SERVER_ADDRESS are meant for the API. */
	@ParameterizedTest
	@CsvSource({ "server.address, 127.0.0.2", "server.servlet.context-path, /api" })
	void staysOnThisMachineAtItsOwnPath(String property, String ofTheApi) throws Exception {
		System.setProperty(property, ofTheApi);
		try {
			this.issuer.start();
			assertThat(metadata()).contains("\"issuer\":\"http://localhost:" + this.port + "\"");
		}
		finally {
			System.clearProperty(property);
			this.issuer.stop();
		}
	}

	@Test
	void hasNothingOfTheApi() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(IssuerConfiguration.class)
			.run("--spring.config.name=issuer", "--server.port=0", "--issuer.audience=https://api.clinic.example")) {
			assertThat(context.getBeanNamesForType(TrustedIssuers.class)).isEmpty();
			assertThat(context.getBeanNamesForType(TrustedKeys.class)).isEmpty();
			assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("dev.authstarter.")
					&& !name.startsWith("dev.authstarter.sample.issuer."));
			assertThat(context.getEnvironment().containsProperty("auth-starter.audience")).isFalse();
		}
	}

	private EmbeddedIssuer issuerFor(String trusted) {
		return issuerFor(trusted, new MockEnvironment());
	}

	private EmbeddedIssuer issuerFor(String trusted, Environment environment) {
		return new EmbeddedIssuer(new TrustedIssuers(List.of(new TrustedIssuer("default", trusted,
				Set.of("https://api.clinic.example"), null, List.of("RS256"), List.of()))), this.port, 0, 0,
				environment);
	}

	private String metadata() throws IOException, InterruptedException {
		URI location = URI.create(this.issuer.url() + "/.well-known/openid-configuration");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(location).build(), BodyHandlers.ofString())
			.body();
	}

}
