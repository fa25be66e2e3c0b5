package dev.authstarter.test.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.introspection.Introspections;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.JwkSetMonitor;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.refusal.RefusalDiagnosis;
import dev.authstarter.refusal.TokenExplanation;
import dev.authstarter.token.IssuerPolicies;
import dev.authstarter.token.TokenAutoConfiguration;
import dev.authstarter.token.TokenVerifier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Explains how an application validates a token: a program that reads the token from
 * standard input and the application's configuration from its class path, fetches the
 * issuer's keys, and prints the expected and the actual value of each check, and the
 * grants of the token.
 *
 * <pre>
 * mvn -q spring-boot:test-run -Dspring-boot.run.main-class=dev.authstarter.test.explain.ExplainToken
 * </pre>
 * <p>
 * Set profiles and properties as for the application, for example by
 * {@code -Dspring-boot.run.profiles=staging}. An {@code application.yml} on the test
 * class path hides that of the application; use
 * {@code -Dspring-boot.run.arguments=--spring.config.location=file:src/main/resources/}
 * to load the application's. The token is neither logged nor stored, and sent only to a
 * configured introspection endpoint. Beans of the application, for example token
 * validators, are not called.
 */
public final class ExplainToken {

	/** Longer than any accepted token. */
	private static final int MAXIMUM_INPUT = 1 << 20;

	/** Override the application's own settings. */
	private static final String[] ALONE = { "--spring.main.web-application-type=none", "--spring.main.banner-mode=off",
			"--spring.docker.compose.enabled=false" };

	private ExplainToken() {
	}

	/**
	 * Explain the token on standard input.
	 * @param arguments properties of Spring Boot, for example
	 * {@code --auth-starter.issuer=…}
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		// Developer tools would restart this program after standard input was read.
		System.setProperty("spring.devtools.restart.enabled", "false");
		boolean accepted = explain(System.in, System.out, arguments);
		System.exit(accepted ? 0 : 1);
	}

	/**
	 * Explain a token.
	 * @param input the token, with or without the prefix {@code Bearer}
	 * @param output the output of the explanation
	 * @param arguments properties of Spring Boot
	 * @return whether the application would accept the token
	 */
	static boolean explain(InputStream input, PrintStream output, String... arguments) throws IOException {
		String token = TokenExplanation.tokenIn(new String(input.readNBytes(MAXIMUM_INPUT), StandardCharsets.UTF_8));
		if (token.isEmpty()) {
			output.println("Standard input has no token. Pipe one in, for example: pbpaste | … or … < token.txt");
			return false;
		}
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Verification.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties("logging.level.root=error", "logging.level.dev.authstarter.keys=warn")
			.run(Stream.of(arguments, ALONE).flatMap(Arrays::stream).toArray(String[]::new))) {
			// Keys are not fetched for a token that is refused before its signature is
			// verified.
			context.getBeanProvider(JwkSetMonitor.class).ifAvailable((keySets) -> keySets.refresh().join());
			return print(context.getBean(TokenExplanation.class).of(token), output);
		}
	}

	private static boolean print(TokenExplanation.Explanation explanation, PrintStream output) {
		Reason refused = explanation.refused();
		output.println((refused != null) ? "This token is refused." : "This token is accepted.");
		explanation.findings().forEach((finding) -> output.println(finding.sentence()));
		if (refused != null) {
			output.println("Hence '%s': %s.".formatted(refused.code(), refused.description()));
		}
		return refused == null;
	}

	/**
	 * The beans that verify tokens, without the application's own.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
			SslAutoConfiguration.class, IssuerAutoConfiguration.class, KeysAutoConfiguration.class,
			ClaimsAutoConfiguration.class, AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class })
	static class Verification {

		@Bean
		TokenExplanation tokenExplanation(TokenVerifier verifier, TrustedIssuers issuers, IssuerPolicies policies,
				Introspections introspections, ObjectProvider<JwkSetMonitor> keySets) {
			return new TokenExplanation(verifier, new RefusalDiagnosis(issuers, policies, keySets.getIfAvailable()),
					introspections, false);
		}

	}

}
