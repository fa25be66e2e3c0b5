package dev.authstarter.seam;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the effect of Spring Boot's properties.
 */
final class PropertySeams {

	private static final String BOOT = "spring.security.oauth2.resourceserver.";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private final Map<String, Seam> seams = new LinkedHashMap<>();

	private final SeamApp app;

	private final URI keys;

	private final URI introspection;

	PropertySeams(URI keys, URI introspection) {
		this.app = new SeamApp(keys);
		this.keys = keys;
		this.introspection = introspection;
		issuer();
		authorities();
		opaqueTokens();
	}

	private void issuer() {
		honoured("jwt.issuer-uri", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.without("auth-starter.issuer"),
					Map.of(BOOT + "jwt.issuer-uri", TestToken.ISSUER))) {
				assertThat(SeamApi.http(api).answer("/me", VALID.signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/me", VALID.with("iss", "https://other.example/").signed()))
					.isEqualTo("401 wrong_issuer");
			}
			differs("auth-starter.issuer", "jwt.issuer-uri", "https://other.example/");
		});
		honoured("jwt.audiences", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.without("auth-starter.audience"),
					Map.of(BOOT + "jwt.audiences", "other,one"))) {
				assertThat(SeamApi.http(api).answer("/me", VALID.with("aud", "one").signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/me", VALID.signed())).isEqualTo("401 wrong_audience");
			}
			differs("auth-starter.audience", "jwt.audiences", "other");
			this.app.fails(this.app.without("auth-starter.audience"), Map.of(BOOT + "jwt.audiences", "${NOT_SET}"),
					BOOT + "jwt.audiences", "'NOT_SET' is not set");
		});
		honoured("jwt.jwk-set-uri", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.without("auth-starter.jwks-uri"),
					Map.of(BOOT + "jwt.jwk-set-uri", this.keys.toString()))) {
				assertThat(SeamApi.http(api).answer("/me", VALID.signed())).isEqualTo("200");
			}
			differs("auth-starter.jwks-uri", "jwt.jwk-set-uri", "https://other.example/keys");
			this.app.fails(this.app.without("auth-starter.jwks-uri"),
					Map.of(BOOT + "jwt.jwk-set-uri", "http://other.example/keys"), BOOT + "jwt.jwk-set-uri", "https");
		});
		honoured("jwt.public-key-location", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.without("auth-starter.jwks-uri"),
					Map.of(BOOT + "jwt.public-key-location", publicKey().toString()))) {
				assertThat(SeamApi.http(api).answer("/me", VALID.signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/me", VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256)))
					.isEqualTo("401 bad_signature");
			}
			differs("auth-starter.jwks-uri", "jwt.public-key-location", "classpath:key.pub");
			this.app.fails(
					this.app.without("auth-starter.jwks-uri"), Map.of(BOOT + "jwt.public-key-location", "file:/key.pub",
							BOOT + "jwt.jwk-set-uri", "https://issuer.example/keys"),
					BOOT + "jwt.jwk-set-uri", BOOT + "jwt.public-key-location");
			this.app.fails(this.app.without("auth-starter.jwks-uri"),
					Map.of(BOOT + "jwt.public-key-location", "https://issuer.example/key.pub"),
					BOOT + "jwt.public-key-location", "classpath:");
		});
		honoured("jwt.jws-algorithms", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.given(),
					Map.of(BOOT + "jwt.jws-algorithms", "ES256"))) {
				assertThat(SeamApi.http(api).answer("/me", VALID.signed())).isEqualTo("401 algorithm_not_allowed");
				assertThat(SeamApi.http(api).answer("/me", VALID.signedAsBy(TestKey.P256, JWSAlgorithm.ES256)))
					.isEqualTo("200");
			}
			this.app.fails(this.app.given(),
					Map.of(BOOT + "jwt.jws-algorithms", "RS256", "auth-starter.algorithms", "ES256"),
					"auth-starter.algorithms", BOOT + "jwt.jws-algorithms");
			this.app.fails(this.app.given(), Map.of(BOOT + "jwt.jws-algorithms", "HS256"), BOOT + "jwt.jws-algorithms",
					"RS256");
		});
		failing("jwt.jws-algorithm", Map.of(BOOT + "jwt.jws-algorithm", "RS256"), BOOT + "jwt.jws-algorithms");
	}

	private void authorities() {
		honoured("jwt.principal-claim-name", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.given(),
					Map.of(BOOT + "jwt.principal-claim-name", "preferred_username"))) {
				Map<String, Object> me = me(api, VALID.with("preferred_username", "ann").signed());
				assertThat(me).containsEntry("name", "ann").containsEntry("subject", "auth0|42");
				assertThat(me.get("authorities")).asString().contains("ROLE_editor", "SCOPE_read:notes");
				assertThat(SeamApi.http(api).answer("/editors", VALID.signed())).isEqualTo("200");
			}
			this.app.fails(this.app.given(),
					Map.of(BOOT + "jwt.principal-claim-name", "name", "auth-starter.claims.subject", "uid"),
					"auth-starter.claims.subject", BOOT + "jwt.principal-claim-name");
		});
		honoured("jwt.authority-prefix", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.given(),
					Map.of(BOOT + "jwt.authority-prefix", "perm:"))) {
				assertThat(me(api, VALID.signed()).get("authorities")).asString().contains("perm:read:notes");
				assertThat(SeamApi.http(api).answer("/organizations/org_acme/notes", VALID.signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/editors", VALID.signed())).isEqualTo("200");
			}
			for (String prefix : List.of("ROLE_", "")) {
				try (ConfigurableApplicationContext api = this.app.start(this.app.given(),
						Map.of(BOOT + "jwt.authority-prefix", prefix))) {
					assertThat(me(api, VALID.signed()).get("authorities")).asString()
						.contains(prefix + "read:notes")
						.doesNotContain("editor");
				}
			}
			this.app.fails(this.app.given(),
					Map.of(BOOT + "jwt.authority-prefix", "a:", "auth-starter.authorities.scope-prefix", "b:"),
					"auth-starter.authorities.scope-prefix", BOOT + "jwt.authority-prefix");
		});
		honoured("jwt.authorities-claim-name", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.given(),
					Map.of(BOOT + "jwt.authorities-claim-name", "groups", BOOT + "jwt.authority-prefix", "ROLE_"))) {
				HttpCalls http = SeamApi.http(api);
				String token = VALID.with("groups", List.of("viewer")).signed();
				assertThat(http.answer("/viewers", token)).isEqualTo("200");
				assertThat(http.answer("/stock/viewers", token)).isEqualTo("200");
				assertThat(http.answer("/editors", token)).isEqualTo("403 insufficient_role");
			}
			for (String own : List.of("scopes", "roles", "permissions")) {
				this.app.fails(this.app.given(),
						Map.of(BOOT + "jwt.authorities-claim-name", "groups", "auth-starter.claims." + own, "x"),
						"auth-starter.claims." + own, BOOT + "jwt.authorities-claim-name");
			}
		});
		honoured("jwt.authorities-claim-expressions", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.given(),
					Map.of(BOOT + "jwt.authorities-claim-expressions[0]", "['realm']['roles']",
							BOOT + "jwt.authority-prefix", "ROLE_"))) {
				String token = VALID.with("realm", Map.of("roles", List.of("viewer"))).signed();
				assertThat(SeamApi.http(api).answer("/viewers", token)).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/editors", token)).isEqualTo("403 insufficient_role");
			}
			this.app.fails(this.app.given(),
					Map.of(BOOT + "jwt.authorities-claim-expressions[0]", "['a']", "auth-starter.claims.roles", "x"),
					"auth-starter.claims.roles", BOOT + "jwt.authorities-claim-expressions");
		});
		honoured("jwt.authorities-claim-delimiter", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(this.app.given(), Map
				.of(BOOT + "jwt.authorities-claim-name", "scope", BOOT + "jwt.authorities-claim-delimiter", ","))) {
				assertThat(SeamApi.http(api)
					.answer("/organizations/org_acme/notes", VALID.with("scope", "other,read:notes").signed()))
					.isEqualTo("200");
			}
			this.app.fails(this.app.given(), Map.of(BOOT + "jwt.authorities-claim-delimiter", ","),
					BOOT + "jwt.authorities-claim-delimiter", BOOT + "jwt.authorities-claim-name");
		});
	}

	private void opaqueTokens() {
		Map<String, String> introspection = Map.of(BOOT + "opaquetoken.introspection-uri",
				this.introspection.toString(), BOOT + "opaquetoken.client-id", "api",
				BOOT + "opaquetoken.client-secret", "secret");
		for (String name : List.of("introspection-uri", "client-id", "client-secret")) {
			String own = "auth-starter.introspection." + name.replace("introspection-", "");
			honoured("opaquetoken." + name, (output) -> {
				try (ConfigurableApplicationContext api = this.app.start(this.app.given(), introspection)) {
					assertThat(SeamApi.http(api).answer("/me", "good")).isEqualTo("200");
					assertThat(SeamApi.http(api).answer("/me", "bad")).isEqualTo("401 inactive_token");
				}
				Map<String, String> both = new LinkedHashMap<>(introspection);
				both.put(own, "https://secret.example/");
				this.app.fails(this.app.given(), both, own, BOOT + "opaquetoken." + name);
				assertThat(output.getAll()).doesNotContain(name.equals("client-secret") ? "secret.example" : "\0");
			});
		}
	}

	/** As OpenSSL writes it. */
	private static URI publicKey() {
		try {
			Path file = Files.createTempFile("key", ".pem");
			file.toFile().deleteOnExit();
			String key = Base64.getMimeEncoder()
				.encodeToString(TestKey.RSA.publicKey().toRSAKey().toPublicKey().getEncoded());
			Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(key));
			return file.toUri();
		}
		catch (IOException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Map<String, Seam> seams() {
		return this.seams;
	}

	private static Map<String, Object> me(ConfigurableApplicationContext api, String token) {
		return HttpCalls.json(SeamApi.http(api).getWithToken("/me", token));
	}

	private void honoured(String name, Seam.Check check) {
		this.seams.put(name, new Seam("honoured", check));
	}

	private void failing(String name, Map<String, String> properties, String... words) {
		this.seams.put(name, new Seam("fails", (output) -> this.app.fails(this.app.given(), properties, words)));
	}

	private void differs(String own, String boot, String value) {
		this.app.fails(this.app.given(), Map.of(BOOT + boot, value), own, BOOT + boot);
	}

}
