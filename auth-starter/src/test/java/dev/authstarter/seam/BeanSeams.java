package dev.authstarter.seam;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the effect of beans of Spring Security's and Spring Boot's types.
 */
final class BeanSeams {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private final Map<String, Seam> seams = new LinkedHashMap<>();

	private final SeamApp app;

	BeanSeams(URI keys) {
		this.app = new SeamApp(keys);
		readers();
		converters();
		answers();
		rules();
		builders();
	}

	Map<String, Seam> seams() {
		return this.seams;
	}

	private void readers() {
		warns("JwtDecoder", SeamBeans.Decoder.class, SeamBeans.PrimaryDecoder.class, SeamBeans.DecoderOfChain.class);
		warns("OpaqueTokenIntrospector", SeamBeans.Introspector.class, SeamBeans.PrimaryIntrospector.class,
				SeamBeans.IntrospectorOfChain.class);
		honoured("BearerTokenResolver", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(SeamBeans.Resolver.class)) {
				HttpCalls http = SeamApi.http(api);
				assertThat(http.get("/me", "X-Token", VALID.signed()).statusCode()).isEqualTo(200);
				assertThat(http.answer("/me", VALID.signed())).isEqualTo("401 missing_token");
				assertThat(reason(http.get("/me", "X-Token", "a.b.c"))).isEqualTo("401 malformed_token");
				assertThat(reason(http.get("/me", "X-Token", ""))).isEqualTo("400 malformed_request");
				assertThat(reason(http.get("/me", "X-Token", "twice"))).isEqualTo("400 malformed_request");
			}
		});
		honoured("AuthenticationConverter", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(SeamBeans.Intake.class)) {
				HttpCalls http = SeamApi.http(api);
				assertThat(http.get("/me", "X-Token", VALID.signed()).statusCode()).isEqualTo(200);
				assertThat(http.answer("/me", VALID.signed())).isEqualTo("401 missing_token");
			}
			this.app.fails(SeamBeans.IntakeAndResolver.class, "'intake'", "'resolver'");
		});
	}

	private void converters() {
		honoured("JwtAuthenticationConverter", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(SeamBeans.Viewers.class)) {
				assertThat(SeamApi.http(api).answer("/viewers", VALID.signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/editors", VALID.signed())).isEqualTo("403 insufficient_role");
			}
		});
		fails("Converter<Jwt, AbstractAuthenticationToken>", "JwtAuthenticationConverter", SeamBeans.Callers.class,
				SeamBeans.NarrowCallers.class);
		fails("Converter<Jwt, Collection<GrantedAuthority>>", "setJwtGrantedAuthoritiesConverter",
				SeamBeans.Grants.class, SeamBeans.StockGrants.class);
		fails("OpaqueTokenAuthenticationConverter", "JwtAuthenticationConverter", SeamBeans.OpaqueCallers.class);
	}

	private void answers() {
		fails("AuthenticationEntryPoint", "Customizer<HttpSecurity>", SeamBeans.EntryPoint.class);
		fails("AccessDeniedHandler", "Customizer<HttpSecurity>", SeamBeans.DeniedHandler.class);
	}

	private void rules() {
		honoured("RoleHierarchy", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(SeamBeans.Hierarchy.class)) {
				HttpCalls http = SeamApi.http(api);
				assertThat(http.answer("/viewers", VALID.signed())).isEqualTo("200");
				assertThat(http.answer("/stock/viewers", VALID.signed())).isEqualTo("200");
				String viewer = VALID.with("roles", List.of("viewer")).signed();
				assertThat(http.answer("/editors", viewer)).isEqualTo("403 insufficient_role");
				assertThat(http.answer("/stock/editors", viewer)).isEqualTo("403 access_denied");
				String writer = VALID.with("scope", "write:notes").signed();
				assertThat(http.answer("/organizations/org_acme/notes", writer)).isEqualTo("200");
			}
			try (ConfigurableApplicationContext api = this.app.start()) {
				assertThat(SeamApi.http(api).answer("/viewers", VALID.signed())).isEqualTo("403 insufficient_role");
			}
		});
		honoured("MethodSecurityExpressionHandler", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(SeamBeans.Expressions.class)) {
				assertThat(SeamApi.http(api).answer("/stock/permitted", VALID.signed())).isEqualTo("200");
			}
			try (ConfigurableApplicationContext api = this.app.start()) {
				assertThat(SeamApi.http(api).answer("/stock/permitted", VALID.signed())).isEqualTo("403 access_denied");
			}
		});
		this.seams.put("GrantedAuthorityDefaults", new Seam("fails", (output) -> {
			this.app.fails(SeamBeans.Defaults.class, "'R_'", "auth-starter.authorities.role-prefix");
			this.app.fails(SeamBeans.EmptyDefaults.class, "auth-starter.authorities.role-prefix", "Remove the bean");
			try (ConfigurableApplicationContext api = this.app.start(this.app.given(),
					Map.of("auth-starter.authorities.role-prefix", "R_"), SeamBeans.Defaults.class)) {
				assertThat(SeamApi.http(api).answer("/stock/editors", VALID.signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/editors", VALID.signed())).isEqualTo("200");
			}
		}));
		honoured("Customizer<HttpSecurity>", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(SeamBeans.Customized.class)) {
				HttpCalls http = SeamApi.http(api);
				assertThat(http.get("/me").statusCode()).isEqualTo(418);
				assertThat(http.getWithToken("/fails", VALID.signed()).statusCode()).isEqualTo(451);
				assertThat(http.answer("/me", VALID.signed())).isEqualTo("200");
				assertThat(http.answer("/me", "a.b.c")).isEqualTo("401 malformed_token");
				assertThat(http.answer("/viewers", VALID.signed())).isEqualTo("403 insufficient_role");
			}
			this.app.fails(SeamBeans.AnyRequest.class, "anyRequest()");
			this.app.fails(SeamBeans.OtherReader.class, "oauth2ResourceServer", "SecurityFilterChain");
		});
		fails("Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>>", "SecurityFilterChain",
				SeamBeans.OtherReaderByType.class);
		honoured("OAuth2TokenValidator<Jwt>", (output) -> {
			try (ConfigurableApplicationContext api = this.app.start(SeamBeans.Validator.class)) {
				assertThat(SeamApi.http(api).answer("/me", VALID.signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/me", VALID.with("jti", "revoked").signed()))
					.isEqualTo("401 refused_by_rule");
			}
		});
		fails("OAuth2TokenValidator<OAuth2Token>", "OAuth2TokenValidator<Jwt>", SeamBeans.WideValidator.class);
	}

	private void builders() {
		fails("JwkSetUriJwtDecoderBuilderCustomizer", "auth-starter.keys", SeamBeans.DecoderBuilder.class);
		fails("SpringOpaqueTokenIntrospectorBuilderCustomizer", "auth-starter.introspection",
				SeamBeans.IntrospectorBuilder.class);
	}

	private static String reason(HttpResponse<String> response) {
		return response.statusCode() + " " + HttpCalls.json(response).get("reason");
	}

	private void honoured(String name, Seam.Check check) {
		this.seams.put(name, new Seam("honoured", check));
	}

	/**
	 * It is recognized by its name, checks nothing, and is not changed if a chain uses
	 * it.
	 */
	private void warns(String name, Class<?> bean, Class<?> primary, Class<?> ofChain) {
		this.seams.put(name, new Seam("warns", (output) -> {
			String warning = ("warning: The %s bean 'partners' does not validate the tokens of this " + "API.")
				.formatted(name);
			this.app.start(ofChain).close();
			assertThat(output.getAll()).doesNotContain(warning);
			try (ConfigurableApplicationContext api = this.app.start(bean)) {
				assertThat(output.getAll()).contains(warning, "SecurityFilterChain bean of your own");
				assertThat(SeamApi.http(api).answer("/me", VALID.signed())).isEqualTo("200");
				assertThat(SeamApi.http(api).answer("/me", "partner")).isEqualTo("401 malformed_token");
			}
			this.app.fails(primary, "The %s bean 'partners' does not validate the tokens of this API.".formatted(name),
					"SecurityFilterChain bean of your own");
		}));
	}

	/** The start fails with its name, but where another bean has it. */
	private void fails(String name, String advice, Class<?>... beans) {
		this.seams.put(name, new Seam("fails", (output) -> {
			for (Class<?> bean : beans) {
				this.app.fails(bean, name.contains("Customizer<OAuth2") ? "Customizer" : "'unused'", advice);
			}
			if (!name.startsWith("Customizer<")) {
				this.app.start(beans[0], SeamBeans.Owner.class).close();
			}
		}));
	}

}
