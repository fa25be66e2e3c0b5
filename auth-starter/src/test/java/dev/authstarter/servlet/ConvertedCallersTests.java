package dev.authstarter.servlet;

import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.Challenge;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authorities that application code creates. Rules check exactly these authorities, and
 * no refusal states that a token lacks a scope that it has.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ConvertedCallersTests {

	private static final String BOOT = "spring.security.oauth2.resourceserver.jwt.";

	private final Map<Making, ConfigurableApplicationContext> started = new EnumMap<>(Making.class);

	@AfterAll
	void stop() {
		this.started.values().forEach(ConfigurableApplicationContext::close);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			OURS          | read:notes | 200                    | 200                    | 200
			OURS          | none       | 403 insufficient_scope | 403 insufficient_scope | 403 insufficient_scope
			SAME          | read:notes | 200                    | 200                    | 200
			SAME          | none       | 403 insufficient_scope | 403 insufficient_scope | 403 insufficient_scope
			OTHER_PREFIX  | read:notes | 403 access_denied      | 403 access_denied      | 403 access_denied
			OTHER_PREFIX  | none       | 403 insufficient_scope | 403 insufficient_scope | 403 insufficient_scope
			NO_PREFIX     | read:notes | 403 access_denied      | 403 access_denied      | 403 access_denied
			NO_PREFIX     | none       | 403 insufficient_scope | 403 insufficient_scope | 403 insufficient_scope
			LESS          | read:notes | 403 access_denied      | 403 access_denied      | 403 access_denied
			LESS          | none       | 403 insufficient_scope | 403 insufficient_scope | 403 insufficient_scope
			MORE          | none       | 200                    | 200                    | 200
			ROLES         | read:notes | 403 access_denied      | 403 access_denied      | 403 access_denied
			ROLES         | none       | 403 insufficient_scope | 403 insufficient_scope | 403 insufficient_scope
			BOOT_PREFIX   | read:notes | 200                    | 200                    | 403 access_denied
			BOOT_PREFIX   | none       | 403 insufficient_scope | 403 insufficient_scope | 403 access_denied
			BOOT_CLAIM    | read:notes | 403 access_denied      | 403 access_denied      | 403 access_denied
			BOOT_CLAIM    | none       | 403 insufficient_scope | 403 insufficient_scope | 403 access_denied
			""")
	void decidesByAuthoritiesAndSaysNothingUntrueOfTheToken(Making making, String scope, String one, String any,
			String stock) {
		HttpCalls http = http(making);
		String token = TestToken.validAt(TestApi.NOW).with("scope", scope).signed();
		assertThat(http.answer("/one", token)).isEqualTo(one);
		assertThat(http.answer("/any", token)).isEqualTo(any);
		assertThat(http.answer("/stock", token)).isEqualTo(stock);
	}

	@ParameterizedTest
	@EnumSource
	void warnsWhereOtherCodeMakesTheAuthorities(Making making, CapturedOutput output) {
		start(making).close();
		assertThat(
				output.getAll().contains("warning: A JwtAuthenticationConverter of the application or of Spring Boot"))
			.isEqualTo(making != Making.OURS && making != Making.BOOT_PREFIX);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			auth-starter.authorities.scope-prefix=SCOPE_                   | /stock   | read:notes
			auth-starter.authorities.scope-prefix=perm:                    | /perm    | read:notes see:notes
			auth-starter.authorities.scope-prefix=perm:                    | /stock   | none
			auth-starter.authorities.scope-prefix=a.b+(c                   | /special | read:notes
			spring.security.oauth2.resourceserver.jwt.authority-prefix=perm: | /perm  | read:notes see:notes
			spring.security.oauth2.resourceserver.jwt.authority-prefix=perm: | /stock | none
			spring.security.oauth2.resourceserver.jwt.authority-prefix=    | /plain   | none
			spring.security.oauth2.resourceserver.jwt.authorities-claim-name=scope | /stock | read:notes
			spring.security.oauth2.resourceserver.jwt.authorities-claim-name=roles | /stock | none
			spring.security.oauth2.resourceserver.jwt.authorities-claim-expressions=[roles] | /stock | none
			spring.security.oauth2.resourceserver.jwt.principal-claim-name=sub | /stock | read:notes
			""")
	void namesTheScopeByTheConfiguredPrefix(String property, String path, @Nullable String scopes) {
		try (ConfigurableApplicationContext context = start(Making.OURS, property)) {
			HttpResponse<String> response = new HttpCalls(port(context)).getWithToken(path,
					TestToken.validAt(TestApi.NOW).with("scope", "none").signed());
			assertThat(response.statusCode()).isEqualTo(403);
			Map<String, String> challenge = response.headers()
				.firstValue("WWW-Authenticate")
				.map(Challenge::parse)
				.orElse(Map.of());
			assertThat(challenge.get("scope")).isEqualTo(scopes);
		}
	}

	private HttpCalls http(Making making) {
		return new HttpCalls(port(this.started.computeIfAbsent(making, ConvertedCallersTests::start)));
	}

	private static ConfigurableApplicationContext start(Making making, String... properties) {
		return new SpringApplicationBuilder(Api.class)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.properties(properties)
			.properties(making.properties())
			.initializers((context) -> {
				Converter<Jwt, Collection<GrantedAuthority>> authorities = making.authorities();
				if (authorities != null) {
					JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
					converter.setJwtGrantedAuthoritiesConverter(authorities);
					((GenericApplicationContext) context).registerBean(JwtAuthenticationConverter.class,
							() -> converter);
				}
			})
			.run();
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * Who makes the authorities, and of what.
	 */
	enum Making {

		OURS, SAME, OTHER_PREFIX, NO_PREFIX, LESS, MORE, ROLES, BOOT_PREFIX, BOOT_CLAIM;

		String[] properties() {
			return switch (this) {
				case BOOT_PREFIX -> new String[] { BOOT + "authority-prefix=perm:" };
				case BOOT_CLAIM ->
					new String[] { BOOT + "authority-prefix=perm:", BOOT + "authorities-claim-name=scope" };
				default -> new String[0];
			};
		}

		@Nullable Converter<Jwt, Collection<GrantedAuthority>> authorities() {
			return switch (this) {
				case SAME -> prefixed("SCOPE_");
				case OTHER_PREFIX -> prefixed("scp:");
				case NO_PREFIX -> prefixed("");
				case LESS -> (jwt) -> List.of();
				case MORE -> (jwt) -> AuthorityUtils.createAuthorityList("SCOPE_read:notes");
				case ROLES -> (jwt) -> AuthorityUtils.createAuthorityList("ROLE_editor");
				case OURS, BOOT_PREFIX, BOOT_CLAIM -> null;
			};
		}

		private static JwtGrantedAuthoritiesConverter prefixed(String prefix) {
			JwtGrantedAuthoritiesConverter converter = new JwtGrantedAuthoritiesConverter();
			converter.setAuthorityPrefix(prefix);
			return converter;
		}

	}

	/**
	 * An API with rules on scopes.
	 */
	@Import({ TestApi.class, Scoped.class })
	static class Api {

	}

	@RestController
	static class Scoped {

		@GetMapping("/one")
		@RequiresScope("read:notes")
		public String one() {
			return "one";
		}

		@GetMapping("/any")
		@RequiresScope(anyOf = { "admin", "read:notes" })
		public String any() {
			return "any";
		}

		@GetMapping("/stock")
		@PreAuthorize("hasAuthority('SCOPE_read:notes')")
		public String stock() {
			return "stock";
		}

		@GetMapping("/perm")
		@PreAuthorize("hasAuthority(\"perm:read:notes\") and hasAuthority('perm:see:notes')")
		public String perm() {
			return "perm";
		}

		@GetMapping("/special")
		@PreAuthorize("hasAuthority('a.b+(cread:notes')")
		public String special() {
			return "special";
		}

		@GetMapping("/plain")
		@PreAuthorize("hasAuthority('read:notes')")
		public String plain() {
			return "plain";
		}

	}

}
