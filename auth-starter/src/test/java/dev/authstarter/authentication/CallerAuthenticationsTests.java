package dev.authstarter.authentication;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.claims.StartedClaimReader;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.token.TokenAutoConfiguration;
import dev.authstarter.token.VerifiedJwts;
import dev.authstarter.token.check.TokenContent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The authentication of a verified token, compared with that of Spring Security's
 * converter.
 */
class CallerAuthenticationsTests {

	private static final Map<String, Object> CLAIMS = Map.of("iss", TestToken.ISSUER, "sub", "auth0|42", "scope",
			"read:notes write:notes", "roles", List.of("editor"), "client_id", "clinic-spa", "exp", 1_800_000_000L);

	private static final Map<String, Object> HEADER = Map.of("alg", "RS256", "typ", "at+jwt");

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
				IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
				TokenAutoConfiguration.class, AuthoritiesAutoConfiguration.class))
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	@Test
	void saysWhatSpringSecuritysConverterSays() {
		this.context.run((started) -> {
			Jwt jwt = verified(started);
			Authentication ours = started.getBean(CallerAuthentications.class).convert(jwt);
			Authentication springs = started.getBean(JwtAuthenticationConverter.class).convert(jwt);
			assertThat(names(ours)).containsExactlyInAnyOrderElementsOf(names(springs))
				.contains("SCOPE_read:notes", "SCOPE_write:notes", "ROLE_editor", "FACTOR_BEARER");
			assertThat(ours.getName()).isEqualTo(springs.getName()).isEqualTo("auth0|42");
			assertThat(ours.getPrincipal()).isSameAs(jwt).isInstanceOf(OAuth2AuthenticatedPrincipal.class);
			assertThat(springs.getPrincipal()).isInstanceOfSatisfying(Jwt.class, (principal) -> {
				assertThat(principal.getClaims()).isEqualTo(jwt.getClaims());
				assertThat(principal.getHeaders()).isEqualTo(jwt.getHeaders());
			});
			assertThat(ours.getCredentials()).isSameAs(jwt);
			assertThat(ours.isAuthenticated()).isTrue();
		});
	}

	@Test
	void makesEveryRequestItsOwnAuthentication() {
		this.context.run((started) -> {
			Jwt jwt = verified(started);
			CallerAuthentications authentications = started.getBean(CallerAuthentications.class);
			AbstractAuthenticationToken first = authentications.convert(jwt);
			first.setDetails("mine");
			first.setAuthenticated(false);
			AbstractAuthenticationToken second = authentications.convert(jwt);
			assertThat(second.getDetails()).isNull();
			assertThat(second.isAuthenticated()).isTrue();
			assertThat(authenticatedAt(second)).isAfterOrEqualTo(authenticatedAt(first));
		});
	}

	@Test
	void leavesAuthoritiesToTheApplicationsConverter() {
		JwtAuthenticationConverter own = new JwtAuthenticationConverter();
		own.setJwtGrantedAuthoritiesConverter((jwt) -> List.of(new SimpleGrantedAuthority("SCOPE_own")));
		this.context.withBean(JwtAuthenticationConverter.class, () -> own).run((started) -> {
			Jwt jwt = verified(started);
			Authentication authentication = started.getBean(CallerAuthentications.class).convert(jwt);
			assertThat(names(authentication)).containsExactlyInAnyOrder("SCOPE_own", "FACTOR_BEARER");
			AccessToken caller = started.getBean(AccessTokenReader.class).read(authentication);
			assertThat(caller).isNotNull();
			assertThat(caller.scopes()).containsExactly("own");
			assertThat(caller.roles()).isEmpty();
		});
	}

	@Test
	@SuppressWarnings("NullAway") // The token names a caller.
	void readsTheClaimsOnce() {
		this.context.run((started) -> {
			AccessToken token = StartedClaimReader.of(started, TestToken.ISSUER).read(TokenContent.jwt(HEADER, CLAIMS));
			Jwt jwt = started.getBean(VerifiedJwts.class).of("token", TokenContent.jwt(HEADER, CLAIMS), token);
			Authentication ours = started.getBean(CallerAuthentications.class).convert(jwt);
			Authentication springs = started.getBean(JwtAuthenticationConverter.class).convert(jwt);
			AccessTokenReader reader = started.getBean(AccessTokenReader.class);
			assertThat(reader.read(ours)).isSameAs(token);
			assertThat(reader.read(springs)).isSameAs(token);
		});
	}

	@Test
	@SuppressWarnings("NullAway") // The token names a caller.
	void believesAuthoritiesThatOtherCodeGaveOurToken() {
		this.context.run((started) -> {
			Jwt jwt = verified(started);
			List<GrantedAuthority> own = List.of(new SimpleGrantedAuthority("SCOPE_own"));
			AccessTokenReader reader = started.getBean(AccessTokenReader.class);
			assertThat(reader.read(new JwtAuthenticationToken(jwt, own)).scopes()).containsExactly("own");
			assertThat(reader.read(new JwtAuthenticationToken(jwt, jwt, own)).roles()).isEmpty();
			Authentication less = started.getBean(CallerAuthentications.class)
				.convert(jwt)
				.toBuilder()
				.authorities((authorities) -> authorities.removeIf((it) -> "ROLE_editor".equals(it.getAuthority())))
				.build();
			assertThat(reader.read(less).roles()).isEmpty();
			assertThat(reader.read(less).scopes()).containsExactlyInAnyOrder("read:notes", "write:notes");
		});
	}

	@SuppressWarnings("NullAway") // The token names a caller.
	private static Jwt verified(ApplicationContext started) {
		return started.getBean(VerifiedJwts.class)
			.of("token", TokenContent.jwt(HEADER, CLAIMS),
					StartedClaimReader.of(started, TestToken.ISSUER).read(TokenContent.jwt(HEADER, CLAIMS)));
	}

	private static List<String> names(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.map(String::valueOf)
			.toList();
	}

	private static Instant authenticatedAt(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map((authority) -> ((FactorGrantedAuthority) authority).getIssuedAt())
			.findFirst()
			.orElseThrow();
	}

}
