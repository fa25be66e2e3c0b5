package dev.authstarter.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.Refused;
import dev.authstarter.RequiresScope;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.TrustedIssuers;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every object of a request may be logged: its text contains nothing of the token and its
 * claims.
 */
@ApiTest(QuietTextsTests.Api.class)
class QuietTextsTests {

	private static final String[] TELLING = { "eyJ", "auth0|42", "clinic-spa", "org_acme", "org_globex", "read:notes",
			"editor", "owner", "issuer.example", "may:everything" };

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW)
		.with("permissions", List.of("may:everything"))
		.with("org_id", List.of("org_acme", "org_globex"))
		.with("realm_access", List.of("owner"));

	@Autowired
	HttpCalls http;

	@Test
	void showNothing(@Autowired Api api) {
		this.http.getWithToken("/organizations/org_acme/objects", VALID.signed());
		this.http.getWithToken("/unscoped", VALID.signed());
		this.http.getWithToken("/unscoped", VALID.with("exp", 1).with("iat", 0).signed());
		this.http.getWithToken("/unscoped", VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256));
		assertThat(api.made).extracting((object) -> object.getClass().getSimpleName())
			.contains("CallerAuthentication", "CallerJwt", "OrganizationSecurityContext", "SecurityContextImpl",
					"AccessToken", "Organization", "AuthenticationSuccessEvent",
					"AuthenticationFailureBadCredentialsEvent", "BearerCredentials", "InvalidBearerTokenException",
					"RefusedTokenException", "RefusedException", "RuleRefusedException", "RequestRefused", "Refusal",
					"TrustedIssuer", "AccessTokenPrincipal");
		assertThat(api.made).allSatisfy(
				(object) -> assertThat(object.toString()).as(object.getClass().getName()).doesNotContain(TELLING));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class Api {

		private final List<Object> made = new CopyOnWriteArrayList<>();

		@Bean
		Objects objects(CurrentOrganization acting, Guarded guarded, TrustedIssuers issuers,
				JwtAuthenticationConverter converter) {
			issuers.forEach(this.made::add);
			return new Objects(this.made, acting, guarded, converter);
		}

		@Bean
		Guarded guarded() {
			return new Guarded();
		}

		@EventListener
		void on(AbstractAuthenticationEvent event) {
			this.made.addAll(List.of(event, event.getAuthentication()));
			if (event instanceof AbstractAuthenticationFailureEvent failed) {
				for (Throwable cause = failed.getException(); cause != null; cause = cause.getCause()) {
					this.made.add(cause);
				}
			}
		}

		@EventListener
		void on(RequestRefused refused) {
			this.made.add(refused);
		}

	}

	@RestController
	static final class Objects {

		private final List<Object> made;

		private final CurrentOrganization acting;

		private final Guarded guarded;

		private final JwtAuthenticationConverter converter;

		Objects(List<Object> made, CurrentOrganization acting, Guarded guarded, JwtAuthenticationConverter converter) {
			this.made = made;
			this.acting = acting;
			this.guarded = guarded;
			this.converter = converter;
		}

		@GetMapping("/organizations/{organizationId}/objects")
		void scoped(@AuthenticationPrincipal Jwt jwt, Authentication caller, AccessToken token,
				Organization organization, HttpServletRequest request) {
			this.made.addAll(List.of(jwt, caller, token, organization, token.organizations(), request,
					SecurityContextHolder.getContext(), new SecurityContextImpl(caller)));
			this.made.add(this.converter.convert(jwt).getPrincipal());
			keepRefusal(this.guarded::secrets);
		}

		@GetMapping("/unscoped")
		void unscoped() {
			keepRefusal(this.acting::get);
		}

		private void keepRefusal(Callable<?> refusing) {
			try {
				refusing.call();
			}
			catch (Exception ex) {
				this.made.addAll(List.of(ex, ((Refused) ex).refusal()));
			}
		}

	}

	static class Guarded {

		@RequiresScope("absent:scope")
		List<String> secrets() {
			return new ArrayList<>();
		}

	}

}
