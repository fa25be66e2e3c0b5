package dev.authstarter.test.issuer;

import java.util.List;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * An issuer for local development: the application trusts a {@link TestIssuer} beside it,
 * and prints a {@code curl} line that calls its first handler with a token. It belongs
 * into a main class among the tests, which {@code mvn spring-boot:test-run} runs:
 *
 * <pre>
 * public static void main(String[] args) {
 *     SpringApplication.from(ClinicApplication::main).with(LocalIssuer.class).run(args);
 * }
 * </pre>
 * <p>
 * What the token says stands in {@code local-issuer.scopes}, {@code .roles},
 * {@code .permissions}, {@code .organization}, {@code .organization-roles} and
 * {@code .subject}, for example on the command line.
 */
@AutoConfigureTestIssuer
public final class LocalIssuer {

	private static final Log logger = LogFactory.getLog(LocalIssuer.class);

	private static final String PREFIX = "local-issuer.";

	/**
	 * Made by Spring.
	 */
	LocalIssuer() {
	}

	@Bean
	ApplicationListener<ApplicationReadyEvent> localToken(TestIssuer issuer, TokenForge forge, Environment environment,
			AuthStarterProperties properties, ObjectProvider<HandlerInventory> handlers) {
		return (event) -> {
			Binder binder = Binder.get(environment);
			ForgedToken token = token(forge.token(), binder);
			String path = handlers.stream()
				.map((inventory) -> CallablePath.of(inventory.handlers(), properties.organization().pathVariables(),
						text(binder, "organization")))
				.findFirst()
				.orElse("/");
			logger.info("""
					Issuer for development: %s
					A token for an hour, which is worth nothing elsewhere:

					curl -i -H 'Authorization: %s' http://localhost:%s%s%s
					""".formatted(issuer.issuer(), token.authorization(),
					environment.getProperty("local.server.port", "8080"),
					environment.getProperty("server.servlet.context-path", ""), path));
		};
	}

	private static ForgedToken token(ForgedToken good, Binder properties) {
		ForgedToken token = good;
		if (list(properties, "scopes").length != 0) {
			token = token.withScopes(list(properties, "scopes"));
		}
		if (list(properties, "roles").length != 0) {
			token = token.withRoles(list(properties, "roles"));
		}
		if (list(properties, "permissions").length != 0) {
			token = token.withPermissions(list(properties, "permissions"));
		}
		String organization = text(properties, "organization");
		if (!organization.isEmpty()) {
			token = token.forOrganization(organization, list(properties, "organization-roles"));
		}
		String subject = text(properties, "subject");
		return subject.isEmpty() ? token : token.asUser(subject);
	}

	private static String[] list(Binder properties, String name) {
		return properties.bind(PREFIX + name, Bindable.listOf(String.class)).orElse(List.of()).toArray(String[]::new);
	}

	private static String text(Binder properties, String name) {
		return properties.bind(PREFIX + name, String.class).orElse("");
	}

}
