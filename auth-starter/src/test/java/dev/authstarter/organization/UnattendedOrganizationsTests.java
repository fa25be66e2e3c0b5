package dev.authstarter.organization;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import dev.authstarter.Organization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Acting for an organization, without an application.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnattendedOrganizationsTests {

	private final UnattendedOrganizations organizations = new UnattendedOrganizations(
			(id) -> !id.equals("org_suspended"));

	private final AtomicReference<@Nullable Organization> acting = new AtomicReference<>();

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
		RequestContextHolder.resetRequestAttributes();
		TransactionSynchronizationManager.setActualTransactionActive(false);
	}

	private void remember() {
		this.acting.set(OrganizationSecurityContext.organization());
	}

	@Test
	void actsDuringTheTaskOnlyAndLogsIt(CapturedOutput output) throws Exception {
		this.organizations.runAs("org_acme", "nightly\nreport", this::remember);
		assertThat(this.acting).hasValue(Organization.of("org_acme"));
		assertThat(output).contains("Acting in organization 'org_acme' without a request: nightly?report");
		assertThat(OrganizationSecurityContext.organization()).isNull();
		Organization called = this.organizations.callAs("org_globex", "mail", () -> {
			remember();
			return this.acting.get();
		});
		assertThat(called).isEqualTo(Organization.of("org_globex"));
		assertThat(output).contains("Acting in organization 'org_globex' without a request: mail");
		assertThat(OrganizationSecurityContext.organization()).isNull();
	}

	@Test
	void restoresTheContextOfTheThreadAfterAnException() {
		SecurityContext outer = new SecurityContextImpl();
		SecurityContextHolder.setContext(outer);
		assertThatException().isThrownBy(() -> this.organizations.runAs("org_acme", "report", () -> {
			throw new IllegalStateException("broken");
		})).withMessage("broken");
		assertThat(SecurityContextHolder.getContext()).isSameAs(outer);
		assertThatException().isThrownBy(() -> this.organizations.callAs("org_acme", "report", () -> {
			throw new IOException("broken");
		})).withMessage("broken");
		assertThat(SecurityContextHolder.getContext()).isSameAs(outer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t" })
	void requiresIdentifierAndReason(String blank) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.organizations.runAs(blank, "report", this::remember))
			.withMessageContaining("identifier");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.organizations.runAs("org_acme", blank, this::remember))
			.withMessageContaining("reason");
		assertThat(this.acting).hasValue(null);
	}

	@Test
	void refusesOrganizationsThatAreNotAllowed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.organizations.runAs("org_suspended", "report", this::remember))
			.withMessageContaining("auth-starter.organization.allowed");
		assertThat(this.acting).hasValue(null);
	}

	@Test
	void refusesToReplaceTheOrganizationOfRequestsAndCallers() {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
		assertIsRefused("serves a request");
		// As Spring's tests leave it on their thread.
		RequestContextHolder.setRequestAttributes(new ServletWebRequest(new MockHttpServletRequest()));
		this.organizations.runAs("org_acme", "report", this::remember);
		assertThat(this.acting.getAndSet(null)).isNotNull();
		RequestContextHolder.resetRequestAttributes();
		SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("42", "")));
		assertIsRefused("serves a request");
	}

	@Test
	void refusesToActInsideOfTransaction() {
		TransactionSynchronizationManager.setActualTransactionActive(true);
		assertIsRefused("transaction");
	}

	private void assertIsRefused(String message) {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.organizations.runAs("org_acme", "report", this::remember))
			.withMessageContaining(message);
		assertThat(this.acting).hasValue(null);
	}

}
