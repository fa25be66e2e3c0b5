package dev.authstarter.test.issuer;

import java.time.Clock;
import java.util.List;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.issuer.local.FrontEnds;
import dev.authstarter.test.issuer.local.LocalCalls;
import dev.authstarter.test.issuer.local.LocalIssuerProperties;
import dev.authstarter.test.issuer.local.LocalPages;
import dev.authstarter.test.issuer.local.TokenPage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * An issuer for local development: the application trusts a local {@link TestIssuer}, and
 * prints {@code curl} commands that call its first handlers, each with a token that has
 * what the handler requires. A web page at the issuer's address makes tokens of any
 * content. Use it in a main class on the test class path, which
 * {@code mvn spring-boot:test-run} runs:
 *
 * <pre>
 * public static void main(String[] args) {
 *     SpringApplication.from(ClinicApplication::main).with(LocalIssuer.class).run(args);
 * }
 * </pre>
 * <p>
 * Properties configure the content of the tokens: {@code local-issuer.scopes},
 * {@code .roles}, {@code .permissions}, {@code .organization},
 * {@code .organization-roles} and {@code .subject}, for example on the command line. With
 * {@code local-issuer.port} and {@code local-issuer.key-file} tokens stay valid when the
 * application restarts. With {@code local-issuer.users} and {@code .redirect-uris} front
 * ends in development sign in test users (authorization code with PKCE, RFC 7636);
 * {@code local-issuer.clients} get tokens by client credentials. Start-up fails if a file
 * or the command line contains any other property of that prefix.
 */
@ImportAutoConfiguration
@EnableConfigurationProperties(LocalIssuerProperties.class)
public final class LocalIssuer {

	private static final Log logger = LogFactory.getLog(LocalIssuer.class);

	private static final int MAXIMUM_CALLS = 5;

	/**
	 * Created by Spring.
	 */
	LocalIssuer() {
	}

	@Bean
	static LocalIssuerServer localIssuerServer(ConfigurableEnvironment environment) {
		return new LocalIssuerServer(environment);
	}

	@Bean
	FrontEnds frontEnds(LocalIssuerProperties properties) {
		return new FrontEnds(properties);
	}

	@Bean
	ApplicationListener<ApplicationReadyEvent> localToken(TestIssuer issuer, TokenForge forge, Environment environment,
			AuthStarterProperties properties, LocalIssuerProperties wanted,
			ObjectProvider<HandlerInventory> inventories, FrontEnds frontEnds, TrustedIssuers issuers,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock) {
		return (event) -> {
			String origin = "http://localhost:%s%s%s".formatted(environment.getProperty("local.server.port", "8080"),
					environment.getProperty("server.servlet.context-path", ""),
					environment.getProperty("spring.mvc.servlet.path", "").replaceFirst("/$", ""));
			List<HandlerDescription> handlers = inventories.stream()
				.flatMap((inventory) -> inventory.handlers().stream())
				.toList();
			LocalCalls calls = new LocalCalls(forge.token(), wanted, properties);
			LocalPages pages = new LocalPages(issuer.address(),
					new TokenPage(forge, calls, handlers, properties, origin, clock), forge, wanted, frontEnds,
					issuers.iterator().next().audiences().stream().sorted().toList(), clock);
			issuer.answerFirst(pages);
			issuer.announce(pages.metadata());
			String lines = String.join("\n\n", calls.lines(handlers, origin, MAXIMUM_CALLS));
			logger
				.info("""
						Issuer for development: %s
						Open it in a browser to create a token. These tokens are valid for an hour, and only for this application:

						%s
						"""
					.formatted(issuer.issuer(), lines.isEmpty()
							? "Each handler that needs a token has path variables whose values are unknown." : lines));
		};
	}

}
