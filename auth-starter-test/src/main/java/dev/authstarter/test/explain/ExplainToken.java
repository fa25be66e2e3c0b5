package dev.authstarter.test.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.token.TokenAutoConfiguration;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Explains what an application makes of a token: a program that reads the token from
 * standard input and the application's configuration from its class path, asks the issuer
 * for its keys, and prints what was expected and found at each check, and what the token
 * grants.
 *
 * <pre>
 * mvn -q spring-boot:test-run -Dspring-boot.run.main-class=dev.authstarter.test.explain.ExplainToken
 * </pre>
 * <p>
 * Profiles and properties are given as for the application, for example by
 * {@code -Dspring-boot.run.profiles=staging}. An {@code application.yml} among the tests
 * hides that of the application; then
 * {@code -Dspring-boot.run.arguments=--spring.config.location=file:src/main/resources/}
 * takes the application's. The token is neither logged nor stored, nor sent anywhere but
 * to an introspection endpoint that is configured. Beans of the application, as
 * validators of tokens, are not asked.
 */
public final class ExplainToken {

	/** Longer than any token that is accepted, and short enough for a terminal. */
	private static final int MAXIMUM_INPUT = 1 << 20;

	private static final String SCHEME = "bearer ";

	/** Whatever the application sets for itself. */
	private static final String[] ALONE = { "--spring.main.web-application-type=none", "--spring.main.banner-mode=off",
			"--spring.docker.compose.enabled=false" };

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private ExplainToken() {
	}

	/**
	 * Explain the token on standard input.
	 * @param arguments properties of Spring Boot, as {@code --auth-starter.issuer=…}
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		// Developer tools would start this program again, with nothing left to read.
		System.setProperty("spring.devtools.restart.enabled", "false");
		boolean accepted = explain(System.in, System.out, arguments);
		System.exit(accepted ? 0 : 1);
	}

	/**
	 * Explain a token.
	 * @param input where the token is, with or without the word {@code Bearer} before it
	 * @param output where the explanation goes
	 * @param arguments properties of Spring Boot
	 * @return whether the application would accept the token
	 */
	static boolean explain(InputStream input, PrintStream output, String... arguments) throws IOException {
		String token = token(new String(input.readNBytes(MAXIMUM_INPUT), StandardCharsets.UTF_8));
		if (token.isEmpty()) {
			output.println("Standard input has no token. Pipe one in, for example: pbpaste | … or … < token.txt");
			return false;
		}
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Verification.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties("logging.level.root=error")
			.run(Stream.of(arguments, ALONE).flatMap(Arrays::stream).toArray(String[]::new))) {
			TokenExplanation.Explanation explanation = context.getBean(TokenExplanation.class).of(token);
			explanation.lines().forEach(output::println);
			return explanation.accepted();
		}
	}

	private static String token(String input) {
		String text = input.replace(BYTE_ORDER_MARK, "").strip();
		return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? text.substring(SCHEME.length()).strip() : text;
	}

	/**
	 * What verifies tokens, and nothing else of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
			SslAutoConfiguration.class, IssuerAutoConfiguration.class, KeysAutoConfiguration.class,
			ClaimsAutoConfiguration.class, AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class })
	@Import(TokenExplanation.class)
	static class Verification {

	}

}
