package dev.authstarter.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which locations of keys make start-up fail, each with a message that names the
 * property.
 */
class KeySourceFactoryTests {

	private static final String TOKEN = "auth-starter.keys.bearer-token-file";

	private static final String KEYS = "auth-starter.jwks-uri";

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, AuthStarterAutoConfiguration.class,
				EventAutoConfiguration.class, IssuerAutoConfiguration.class, KeysAutoConfiguration.class))
		.withPropertyValues("auth-starter.issuer=https://acme.example", "auth-starter.audience=one");

	@TempDir
	Path files;

	@Test
	void takesFileForKeysAndFileForToken() throws Exception {
		Path keys = write(new JWKSet(TestKey.RSA.publicKey()).toString());
		this.context.withPropertyValues(KEYS + "=" + keys.toUri()).run((api) -> assertThat(api).hasNotFailed());
		this.context.withPropertyValues(KEYS + "=classpath:dev/authstarter/keys/jwks.json")
			.run((api) -> assertThat(api).hasNotFailed());
		this.context.withPropertyValues(TOKEN + "=" + write("a.b-c_d~e+f/g==\n"))
			.run((api) -> assertThat(api).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:keys.json", "file:./keys.json", "file://host/keys.json", "file:/keys.json?a=b",
			"classpath:keys.json#a", "ftp://acme.example/keys", "keys.json", "/keys.json" })
	void refusesPlaceThatIsNoAddressOfKeys(String place) {
		assertFailure(this.context.withPropertyValues(KEYS + "=" + place), KEYS, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/none/keys.json", "classpath:none.json", "file:/" })
	void refusesPlaceWithoutKeys(String place) {
		assertFailure(this.context.withPropertyValues(KEYS + "=" + place), KEYS, "does not exist or is not a file");
	}

	@Test
	void refusesFileWithoutGoodKeys() throws Exception {
		assertFailure(this.context.withPropertyValues(KEYS + "=" + write("{}").toUri()), KEYS,
				"The key set has no key that can verify signatures.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two\nlines", "two words", "Bearer token", "t\u00f6ken", "a\u0000b", "===" })
	void refusesFileThatIsNoToken(String content) throws Exception {
		Path file = write(content);
		assertFailure(this.context.withPropertyValues(TOKEN + "=" + file), TOKEN,
				"The bearer token file %s must contain one line with a token and nothing else.".formatted(file));
	}

	@Test
	void refusesTokenFileThatCannotBeRead() throws Exception {
		assertFailure(this.context.withPropertyValues(TOKEN + "=" + this.files.resolve("none")), TOKEN,
				"does not exist or is not a file");
		assertFailure(this.context.withPropertyValues(TOKEN + "=" + this.files), TOKEN,
				"does not exist or is not a " + "file");
		assertFailure(this.context.withPropertyValues(TOKEN + "=" + write("a".repeat(65_537))), TOKEN,
				"more than 65536 bytes");
	}

	@Test
	void takesTokenOf65536Bytes() throws Exception {
		this.context.withPropertyValues(TOKEN + "=" + write("a".repeat(65_536)))
			.run((api) -> assertThat(api).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "auth-starter.issuer=http://localhost:9000", "auth-starter.jwks-uri=http://localhost:9000/keys",
					"auth-starter.jwks-uri=classpath:dev/authstarter/keys/jwks.json" })
	void refusesTokenFileWithoutHttps(String place) throws Exception {
		assertFailure(this.context.withPropertyValues(place, TOKEN + "=" + write("token")), TOKEN,
				"It is sent only over https");
	}

	@Test
	void refusesOneTokenFileForSeveralIssuers() throws Exception {
		Path file = write("token");
		ApplicationContextRunner several = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, AuthStarterAutoConfiguration.class,
					EventAutoConfiguration.class, IssuerAutoConfiguration.class, KeysAutoConfiguration.class))
			.withPropertyValues("auth-starter.issuers.a.issuer=https://a.example", "auth-starter.issuers.a.audience=a",
					"auth-starter.issuers.b.issuer=https://b.example", "auth-starter.issuers.b.audience=b");
		assertFailure(several.withPropertyValues(TOKEN + "=" + file), TOKEN,
				"Set 'auth-starter.issuers.a.keys.bearer-token-file' instead.");
		several.withPropertyValues("auth-starter.issuers.b.keys.bearer-token-file=" + file)
			.run((api) -> assertThat(api).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "auth-starter.http.ssl-bundle, none", "auth-starter.http.ssl-bundle, Corporate" })
	void refusesUnknownBundle(String property, String bundle) {
		assertFailure(
				this.context.withPropertyValues(property + "=" + bundle,
						"spring.ssl.bundle.pem.corporate.truststore.certificate=classpath:none.crt"),
				property, "There is no SSL bundle of this name. The defined bundles are [corporate].");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://keycloak", "keycloak:8080", "*", "*.example", "keycloak/realms", "key cloak", "",
			"user@keycloak", ".keycloak", "keycloak." })
	void refusesPlainHttpHostThatIsNoName(String host) {
		assertFailure(this.context.withPropertyValues("auth-starter.http.plain-http-hosts[0]=" + host),
				"auth-starter.http.plain-http-hosts", "It must contain exact host names");
	}

	@ParameterizedTest
	@CsvSource({ "keycloak, http://keycloak:8080", "KeyCloak.Svc, http://keycloak.svc/realms/a",
			"10.0.0.7, http://10.0.0.7", "[fd00::7], http://[fd00::7]:8080" })
	void takesPlainHttpOfNamedHost(String host, String issuer) {
		this.context.withPropertyValues("auth-starter.http.plain-http-hosts=" + host, "auth-starter.issuer=" + issuer)
			.run((api) -> assertThat(api).hasNotFailed());
		assertFailure(this.context.withPropertyValues("auth-starter.issuer=" + issuer), "auth-starter.issuer",
				"'auth-starter.http.plain-http-hosts'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://keycloak.example", "http://keycloak.", "http://xkeycloak", "http://keycloak@evil",
			"http://evil/keycloak" })
	void takesPlainHttpOfNoOther(String issuer) {
		assertFailure(this.context.withPropertyValues("auth-starter.http.plain-http-hosts=keycloak",
				"auth-starter.issuer=" + issuer), "auth-starter.issuer", "");
	}

	@ParameterizedTest
	@CsvSource({ "https://acme.example/.well-known/openid-configuration, https://acme.example",
			"https://acme.example/realms/a/.well-known/openid-configuration, https://acme.example/realms/a",
			"https://acme.example/.well-known/oauth-authorization-server/realms/a, https://acme.example/realms/a",
			"https://acme.example/.well-known/jwks.json, https://acme.example" })
	void namesTheIssuerThatMetadataBelongsTo(String configured, String issuer) {
		assertFailure(this.context.withPropertyValues("auth-starter.issuer=" + configured), "auth-starter.issuer",
				"The issuer is '%s', or exactly the value of 'issuer' in that document".formatted(issuer));
	}

	private Path write(String content) throws IOException {
		return Files.writeString(Files.createTempFile(this.files, "file", ""), content);
	}

	private static void assertFailure(ApplicationContextRunner context, String property, String sentence) {
		context.run((api) -> assertThat(api).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
				assertThat(ex.getName()).isEqualTo(property);
				assertThat(ex.getReason()).contains(sentence);
			}));
	}

}
