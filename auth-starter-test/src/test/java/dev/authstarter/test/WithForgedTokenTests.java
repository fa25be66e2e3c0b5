package dev.authstarter.test;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.authentication.AccessTokenReader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Services and their rules, called with a forged token.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "auth-starter.provider=keycloak")
@AutoConfigureForgedTokens
@WithForgedToken(scopes = "read:notes", organization = "org_acme")
class WithForgedTokenTests {

	@Autowired
	private NoteService notes;

	@Autowired
	private AccessTokenReader accessTokens;

	@Autowired
	private CurrentOrganization organization;

	@Autowired
	private DefaultListableBeanFactory application;

	@Test
	void callerHasTheTokenOfTheClass() {
		assertThat(this.notes.list()).isEqualTo(Map.of("caller", "forged-user", "organization", "org_acme"));
	}

	@Test
	@WithForgedToken(scopes = "read:notes", organization = "org_globex", subject = "auth0|42")
	void tokenOfTheMethodReplacesThatOfTheClass() {
		assertThat(this.notes.list()).isEqualTo(Map.of("caller", "auth0|42", "organization", "org_globex"));
	}

	@Test
	@WithForgedToken(scopes = "write:notes", organization = "org_acme")
	void rulesCount() {
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(this.notes::list)
			.isInstanceOfSatisfying(Refused.class,
					(refused) -> assertThat(refused.refusal().reason()).isEqualTo(Reason.INSUFFICIENT_SCOPE));
	}

	@Test
	@WithForgedToken(organization = "org_acme", organizationRoles = "editor")
	void rolesOfTheOrganizationCount() {
		assertThatNoException().isThrownBy(this.notes::delete);
		assertThat(caller().roles()).isEmpty();
	}

	@Test
	@WithForgedToken(roles = "viewer", machine = "reminder-cron")
	void tokenIsReadByTheApplication() {
		AccessToken caller = caller();
		assertThat(caller.callerType()).isEqualTo(CallerType.MACHINE);
		assertThat(caller.clientId()).isEqualTo("reminder-cron");
		assertThat(caller.roles()).containsExactly("viewer");
		assertThat(caller.claims()).containsEntry("realm_access", Map.of("roles", java.util.List.of("viewer")));
		assertThat(this.organization.find()).isNull();
	}

	@Test
	void authenticationIsSpringSecuritysOwn() {
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isInstanceOf(JwtAuthenticationToken.class)
			.extracting("authorities")
			.asString()
			.contains("SCOPE_read:notes");
	}

	@Test
	@AsEditor
	void annotationMayBeOnesOwn() {
		assertThatNoException().isThrownBy(this.notes::delete);
	}

	@Test
	void parameterIsTheTokenOfTheClass(ForgedToken token) {
		assertThat(ReadToken.of(this.application, token).accepted().scopes()).containsExactly("read:notes");
	}

	@Test
	@WithForgedToken(subject = "auth0|42")
	void parameterMayBeDescribed(@WithForgedToken(scopes = "a") ForgedToken first,
			@WithForgedToken(subject = "other") ForgedToken second, ForgedToken own) {
		assertThat(ReadToken.of(this.application, first).accepted().scopes()).containsExactly("a");
		assertThat(ReadToken.of(this.application, second).accepted().subject()).isEqualTo("other");
		assertThat(ReadToken.of(this.application, own).accepted().subject()).isEqualTo("auth0|42");
		assertThat(caller().subject()).isEqualTo("auth0|42");
	}

	@Test
	void saysWhyTheApplicationRefuses() {
		this.application.getBean(TokenForge.class);
		assertThatIllegalArgumentException().isThrownBy(() -> authenticate(TwoCallers.class))
			.withMessage("@WithForgedToken has a machine and a subject: set only one of the two");
		assertThatIllegalArgumentException().isThrownBy(() -> authenticate(RolesOfNoOrganization.class))
			.withMessage("@WithForgedToken has organizationRoles and no organization: set the organization, or use "
					+ "roles");
		assertThatIllegalArgumentException().isThrownBy(() -> authenticate(UntrustedIssuer.class))
			.withMessageContaining("does not trust the issuer 'https://evil.example'");
	}

	@Test
	void saysThatNoForgeIsPresent() {
		assertThatIllegalStateException().isThrownBy(() -> DescribedToken.forge(new DefaultListableBeanFactory()))
			.withMessageContaining("Put @AutoConfigureForgedTokens on the test class");
	}

	private void authenticate(Class<?> described) {
		WithForgedToken description = AnnotatedElementUtils.findMergedAnnotation(described, WithForgedToken.class);
		assertThat(description).isNotNull();
		new ForgedSecurityContextFactory(this.application).createSecurityContext(description);
	}

	private AccessToken caller() {
		AccessToken caller = this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication());
		assertThat(caller).isNotNull();
		return caller;
	}

	@Nested
	class InAnInnerClass {

		@Test
		void tokenIsThatOfTheOuterClass() {
			assertThat(WithForgedTokenTests.this.notes.list()).containsEntry("organization", "org_acme");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@WithForgedToken(organization = "org_acme", organizationRoles = "editor")
	@interface AsEditor {

	}

	@WithForgedToken(machine = "a", subject = "b")
	static class TwoCallers {

	}

	@WithForgedToken(organizationRoles = "editor")
	static class RolesOfNoOrganization {

	}

	@WithForgedToken(issuer = "https://evil.example")
	static class UntrustedIssuer {

	}

}
