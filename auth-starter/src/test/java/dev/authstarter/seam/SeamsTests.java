package dev.authstarter.seam;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.fixture.IntrospectionServer;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table in {@code docs/migration.md} lists the effect of Spring Boot's properties and
 * of beans of Spring Security's types.
 */
@ExtendWith(OutputCaptureExtension.class)
class SeamsTests {

	private static final String BOOT = "spring.security.oauth2.resourceserver.";

	private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (honoured|fails|warns) \\| .+ \\|");

	private static final JsonServer KEYS = new JsonServer("/keys");

	private static final IntrospectionServer INTROSPECTION = new IntrospectionServer(
			"{\"active\":true,\"aud\":\"%s\",\"sub\":\"42\",\"client_id\":\"spa\",\"scope\":\"a\",\"exp\":%d,\"token_type\":\"Bearer\"}"
				.formatted(TestToken.AUDIENCE, TestApi.NOW.getEpochSecond() + 300));

	private final Map<String, Seam> seams = new LinkedHashMap<>();

	SeamsTests() {
		this.seams.putAll(new PropertySeams(KEYS.uri("/keys"), INTROSPECTION.uri()).seams());
		this.seams.putAll(new BeanSeams(KEYS.uri("/keys")).seams());
	}

	@BeforeAll
	static void publishKeys() {
		KEYS.answer(200, new JWKSet(List.of(TestKey.RSA.publicKey(), TestKey.P256.publicKey())).toString());
	}

	@AfterAll
	static void stop() {
		KEYS.close();
		INTROSPECTION.close();
	}

	static Map<String, String> rows() throws IOException {
		Map<String, String> rows = new LinkedHashMap<>();
		for (String line : Files.readAllLines(Path.of("../docs/migration.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				assertThat(rows.put(row.group(1), row.group(2))).as("a second row for " + row.group(1)).isNull();
			}
			else {
				assertThat(line).as("a row that no test reads").doesNotStartWith("| `");
			}
		}
		return rows;
	}

	static Stream<String> names() throws IOException {
		return rows().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("names")
	void behavesAsTheTableSays(String name, CapturedOutput output) throws IOException {
		assertThat(this.seams).as("there is a case for the row").containsKey(name);
		Seam seam = Objects.requireNonNull(this.seams.get(name));
		assertThat(seam.outcome()).isEqualTo(rows().get(name));
		seam.check().run(output);
	}

	@Test
	void theTableHasARowForEachCase() throws IOException {
		assertThat(rows().keySet()).containsExactlyElementsOf(this.seams.keySet());
	}

	@Test
	void theTableHasARowForEachPropertyOfSpringBoot() throws IOException {
		List<String> properties = new ArrayList<>();
		for (URL url : Collections
			.list(getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = url.openStream()) {
				Matcher name = Pattern.compile("\"name\": \"" + Pattern.quote(BOOT) + "([a-z]+\\.[a-z-]+)\"")
					.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
				name.results().forEach((found) -> properties.add(found.group(1)));
			}
		}
		assertThat(properties).hasSizeGreaterThan(12);
		assertThat(rows().keySet()).containsAll(properties);
	}

}
