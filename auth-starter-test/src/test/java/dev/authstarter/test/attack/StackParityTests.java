package dev.authstarter.test.attack;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.authstarter.attacked.FluxNotes;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.attack.catalogue.Aim;
import dev.authstarter.test.attack.catalogue.Attack;
import dev.authstarter.test.attack.catalogue.Attacker;
import dev.authstarter.test.attack.catalogue.Catalogue;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Endpoints;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every attack on one application over HTTP, on both stacks: Tomcat and Reactor Netty.
 */
class StackParityTests {

	private static final List<String> HEADERS = List.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.CONTENT_TYPE,
			HttpHeaders.CACHE_CONTROL, HttpHeaders.RETRY_AFTER);

	@Test
	void everyAttackIsAnsweredAlike() {
		Map<String, String> servlet = answers(WebApplicationType.SERVLET);
		Map<String, String> reactive = answers(WebApplicationType.REACTIVE);
		assertThat(reactive.keySet()).isEqualTo(servlet.keySet()).hasSizeGreaterThan(1000);
		assertThat(servlet.keySet().stream().filter((name) -> !Objects.equals(reactive.get(name), servlet.get(name))))
			.allSatisfy((name) -> assertThat(reactive.get(name)).as(name).isEqualTo(servlet.get(name)));
	}

	private static Map<String, String> answers(WebApplicationType type) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "auth-starter.public-paths=/status",
					"auth-starter.organization.sources=path,header,token",
					"auth-starter.organization.allowed=org_acme,org_globex")
			.run()) {
			AttackedApplication application = new AttackedApplication(context);
			Attacker attacker = Attacker.of(context.getBean(TokenForge.class), application.properties(),
					application.issuer(), null);
			Target target = new HttpTarget(
					URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")));
			Map<String, String> answers = new TreeMap<>();
			for (Endpoint endpoint : endpoints(application, attacker)) {
				Aim aim = new Aim(endpoint, attacker);
				for (Attack attack : Catalogue.all()) {
					answers.put(endpoint.name() + " " + attack.name(), (attack.leftOut().apply(aim) != null)
							? "left out" : describe(attack, target.send(attack.request().apply(aim))));
				}
			}
			attacker.trap().close();
			return answers;
		}
	}

	/** Those of the application: each stack has resources of its own. */
	private static List<Endpoint> endpoints(AttackedApplication application, Attacker attacker) {
		return new Endpoints(application.properties().organization(), attacker.organization(), List.of(),
				Map.of("POST /notes", (headers) -> headers.setContentType(MediaType.TEXT_PLAIN)), Map.of())
			.of(application.handlers()
				.stream()
				.filter((handler) -> handler.name().startsWith(FluxNotes.class.getName()))
				.toList());
	}

	private static String describe(Attack attack, Answer answer) {
		if (attack.byServer() && answer.reason() == null) {
			// The answer to a header that is too long is Tomcat's or Netty's own.
			assertThat(answer.status()).isBetween(400, 499);
			return "refused by the server";
		}
		List<String> parts = new ArrayList<>(List.of(String.valueOf(answer.status()), answer.body()));
		HEADERS.stream()
			.flatMap((name) -> Stream.of(name + ": " + answer.headers().getOrDefault(name, List.of())))
			.forEach(parts::add);
		return String.join("\n", parts);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@AutoConfigureForgedTokens
	@Import(FluxNotes.class)
	static class Application {

	}

}
