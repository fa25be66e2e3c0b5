package dev.authstarter.sample.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The HTTP clients that send access tokens, as the sample configures them. A token is for
 * the API, so it must not follow a redirect to another place.
 */
class RedirectTests {

	private final List<String> paths = new CopyOnWriteArrayList<>();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.paths.add(exchange.getRequestURI().getPath());
			exchange.getResponseHeaders().set("Location", "/elsewhere");
			exchange.sendResponseHeaders((this.paths.size() > 1) ? 200 : 302, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "clinic-web", "application" })
	void areNotFollowed(String configuration) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Clients.class)
			.web(WebApplicationType.NONE)
			.run("--spring.config.name=" + configuration)) {
			RestClient http = context.getBean(RestClient.Builder.class).build();
			assertThat(http.get()
				.uri("http://localhost:{port}/me", this.server.getAddress().getPort())
				.retrieve()
				.toBodilessEntity()
				.getStatusCode()).isEqualTo(HttpStatus.FOUND);
		}
		assertThat(this.paths).containsExactly("/me");
	}

	@ImportAutoConfiguration({ HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
			RestClientAutoConfiguration.class })
	static class Clients {

	}

}
