package dev.authstarter.claims;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.http.HttpResponse;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * A caller that is stored longer than its request, in a session, in a queue or as JSON,
 * is the same caller after it is read, for every kind of authentication.
 */
class KeptCallerTests {

	/** An issuer that is no URL fails in Spring Security's getter. */
	private static final String ISSUER = "issuer of staff";

	private static final TestToken USER = TestToken.validAt(TestApi.NOW)
		.with("iss", ISSUER)
		.with("org_id", List.of("org_acme", "org_globex"))
		.with("nested", Map.of("list", List.of(1, 2.5, true, Map.of("a", "b"))));

	private static final TestToken MACHINE = USER.without("sub");

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/** Spring Security's own converter uses no other name than the subject. */
	static Stream<Arguments> callers() {
		return Stream.of(Arguments.of(OurChain.class, "clinic-spa"), Arguments.of(OwnChain.class, "clinic-spa"),
				Arguments.of(OwnConverter.class, ""), Arguments.of(PartnerChain.class, "clinic-spa"));
	}

	@ParameterizedTest
	@MethodSource("callers")
	void isTheSameCaller(Class<?> api, String machine) {
		HttpCalls http = start(api);
		for (Map.Entry<TestToken, String> caller : Map.of(USER, "auth0|42", MACHINE, machine).entrySet()) {
			Map<String, Object> now = get(http, "/now", caller.getKey());
			assertThat(now).containsEntry("name", caller.getValue())
				.containsEntry("organizations", List.of("org_acme", "org_globex"));
			for (String path : List.of("/serialized", "/erased", "/amended")) {
				assertThat(get(http, path, caller.getKey())).as(path).isEqualTo(now);
			}
			assertThat(get(http, "/organizations/org_acme/kept", caller.getKey()))
				.isEqualTo(Map.of("before", "org_acme", "after", "none", "name", caller.getValue()));
		}
	}

	/** If Spring Security created the principal, it is written as before. */
	@ParameterizedTest
	@ValueSource(classes = { OurChain.class, OwnChain.class })
	void isWrittenAsJsonWithoutItsToken(Class<?> api) {
		HttpResponse<String> response = start(api).getWithToken("/json", USER.signed());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("org_globex", ISSUER).doesNotContain("eyJ");
	}

	/** Spring Security takes the name from the subject then. */
	@ParameterizedTest
	@MethodSource("callers")
	void hasNoNameWhereItsPrincipalIsReplaced(Class<?> api) {
		HttpCalls http = start(api);
		assertThat(get(http, "/amended-principal", USER)).containsEntry("name", "auth0|42");
		assertThat(get(http, "/amended-principal", MACHINE)).containsEntry("name", "");
	}

	private static Map<String, Object> get(HttpCalls http, String path, TestToken token) {
		return HttpCalls.json(http.getWithToken(path, token.signed()));
	}

	private HttpCalls start(Class<?> api) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(api)
			.properties("server.port=0", "auth-starter.issuer=" + ISSUER,
					"auth-starter.jwks-uri=https://issuer.example/keys", "auth-starter.audience=" + TestToken.AUDIENCE,
					"auth-starter.token.machine-if=client_id & !sub")
			.run();
		this.context = context;
		return new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/** Our own chain. */
	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, KeepingController.class })
	static class OurChain {

	}

	/** A chain of the application that takes our decoder and our converter. */
	@Configuration(proxyBeanMethods = false)
	@Import(OurChain.class)
	static class OwnChain {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

	/** Our chain with the application's converter. */
	@Configuration(proxyBeanMethods = false)
	@Import(OurChain.class)
	static class OwnConverter {

		@Bean
		JwtAuthenticationConverter converter() {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter(new JwtGrantedAuthoritiesConverter());
			return converter;
		}

	}

	/** A chain whose tokens another decoder reads. */
	@Configuration(proxyBeanMethods = false)
	@Import(OurChain.class)
	static class PartnerChain {

		@Bean
		SecurityFilterChain partnerChain(HttpSecurity http) {
			NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(rsa())
				.signatureAlgorithm(SignatureAlgorithm.RS256)
				.validateType(false)
				.build();
			decoder.setJwtValidator((jwt) -> OAuth2TokenValidatorResult.success());
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt((jwt) -> jwt.decoder(decoder)));
			return http.build();
		}

		private static RSAPublicKey rsa() {
			try {
				return TestKey.RSA.publicKey().toRSAKey().toRSAPublicKey();
			}
			catch (JOSEException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** Returns a description of the caller, for example after serialization. */
	@RestController
	static final class KeepingController {

		private final AccessTokenReader accessTokens;

		private final CurrentOrganization acting;

		KeepingController(AccessTokenReader accessTokens, CurrentOrganization acting) {
			this.accessTokens = accessTokens;
			this.acting = acting;
		}

		@GetMapping("/now")
		Map<String, Object> now(Authentication caller) {
			return describe(caller);
		}

		@GetMapping("/serialized")
		Map<String, Object> serialized(Authentication caller) {
			Authentication kept = keep(caller);
			assertThat(kept).isNotSameAs(caller).isEqualTo(caller);
			return describe(kept);
		}

		@GetMapping("/erased")
		Map<String, Object> erased(Authentication caller) {
			((AbstractAuthenticationToken) caller).eraseCredentials();
			return describe(caller);
		}

		@GetMapping("/amended")
		Map<String, Object> amended(Authentication caller) {
			return describe(keep(caller.toBuilder().build()));
		}

		@GetMapping("/amended-principal")
		Map<String, Object> amendedPrincipal(Authentication caller) {
			return describe(keep(caller.toBuilder().principal(caller.getCredentials()).build()));
		}

		@GetMapping("/organizations/{organizationId}/kept")
		Map<String, Object> kept(Organization organization) {
			String before = this.acting.get().id();
			SecurityContext kept = keep(SecurityContextHolder.getContext());
			SecurityContextHolder.setContext(kept);
			Organization after = this.acting.find();
			return Map.of("before", before, "after", (after != null) ? after.id() : "none", "name",
					Objects.requireNonNull(kept.getAuthentication()).getName());
		}

		@GetMapping("/json")
		Authentication json(Authentication caller) {
			return caller;
		}

		private Map<String, Object> describe(Authentication caller) {
			AccessToken token = Objects.requireNonNull(this.accessTokens.read(caller));
			Object principal = caller.getPrincipal();
			return Map.of("name", caller.getName(), "principal",
					(principal instanceof AuthenticatedPrincipal named) ? named.getName() : "none", "authorities",
					caller.getAuthorities().stream().map(GrantedAuthority::getAuthority).sorted().toList(),
					"organizations", token.organizations().stream().map(Organization::id).toList(), "roles",
					token.roles().stream().sorted().toList(), "nested", String.valueOf(token.claims().get("nested")));
		}

		@SuppressWarnings("unchecked")
		private static <T> T keep(T object) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
				out.writeObject(object);
				out.flush();
				return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
			}
			catch (IOException | ClassNotFoundException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
