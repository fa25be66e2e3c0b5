package dev.authstarter.organization;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organizations;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Acting for an organization without a request.
 */
@ExtendWith(OutputCaptureExtension.class)
@ApiTest(value = OrganizationsTests.Api.class, properties = { "auth-starter.organization.allowed=org_acme,org_globex",
		"auth-starter.public-paths=/public/**" })
class OrganizationsTests {

	@Autowired
	private Organizations organizations;

	@Autowired
	private CurrentOrganization current;

	@Autowired
	HttpCalls http;

	@Test
	void actsForTheOrganizationAndForNoOther(CapturedOutput output) throws Exception {
		String outcome = this.organizations.callAs("org_acme", "nightly report", () -> {
			assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
			return this.current.get().id();
		});
		assertThat(outcome).isEqualTo("org_acme");
		assertThat(this.current.find()).isNull();
		assertThat(output).containsOnlyOnce("Acting in organization 'org_acme' without a request: nightly report");
	}

	@Test
	void returnsToTheOuterOrganization() {
		this.organizations.runAs("org_acme", "outer", () -> {
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> this.organizations.runAs("org_globex", "inner", () -> {
					assertThat(this.current.get().id()).isEqualTo("org_globex");
					throw new UnsupportedOperationException();
				}));
			assertThat(this.current.get().id()).isEqualTo("org_acme");
		});
		assertThat(this.current.find()).isNull();
	}

	@Test
	void goesAlongToExecutors(@Autowired AsyncTaskExecutor applicationTaskExecutor) throws Exception {
		String outcome = this.organizations.callAs("org_acme", "report in parts",
				() -> applicationTaskExecutor.submit(() -> this.current.get().id()).get());
		assertThat(outcome).isEqualTo("org_acme");
	}

	@Test
	void writesNoLineOfACaller(CapturedOutput output) {
		this.organizations.runAs("org_acme", "report\n2026-01-01 INFO forged", () -> {
		});
		assertThat(output).contains("without a request: report?2026-01-01 INFO forged");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/act", "/public/act", "/act-later", "/callable", "/filter" })
	void isNeverReachedFromARequest(String path) {
		String answer = this.http.getWithToken(path, TestToken.validAt(TestApi.NOW).signed()).body();
		assertThat(answer).isEqualTo("This thread serves a request or works for its caller, whose token determines "
				+ "the acting organization. Organizations.runAs is for jobs and listeners.");
		assertThat(this.http.get("/public/act").body()).isEqualTo(answer);
	}

	@Test
	void refusesWithinATransaction() {
		TransactionSynchronizationManager.setActualTransactionActive(true);
		try {
			assertThatIllegalStateException().isThrownBy(() -> this.organizations.runAs("org_acme", "r", () -> {
			})).withMessageContaining("Begin the transaction inside of Organizations.runAs");
		}
		finally {
			TransactionSynchronizationManager.setActualTransactionActive(false);
		}
	}

	@Test
	void refusesOrganizationsThatAreNotAllowed() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.organizations.runAs("org_evil", "r", () -> {
		})).withMessageContaining("'auth-starter.organization.allowed'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t" })
	void asksForIdentifierAndReason(String blank) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.organizations.runAs(blank, "r", () -> {
		}));
		assertThatIllegalArgumentException().isThrownBy(() -> this.organizations.runAs("org_acme", blank, () -> {
		}));
	}

	@Import({ TestApi.class, Handlers.class })
	static class Api {

		/** Before Spring Security's, in the request and without its caller. */
		@Bean
		OncePerRequestFilter early(Organizations organizations) {
			return new OncePerRequestFilter() {

				@Override
				protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
						FilterChain chain) throws IOException, ServletException {
					if (request.getRequestURI().equals("/filter")) {
						response.getWriter().write(act(organizations));
					}
					else {
						chain.doFilter(request, response);
					}
				}

			};
		}

	}

	@RestController
	static class Handlers {

		private final Organizations organizations;

		private final AsyncTaskExecutor executor;

		Handlers(Organizations organizations, AsyncTaskExecutor applicationTaskExecutor) {
			this.organizations = organizations;
			this.executor = applicationTaskExecutor;
		}

		@GetMapping({ "/act", "/public/act" })
		String now() {
			return act(this.organizations);
		}

		@GetMapping("/act-later")
		String later() throws Exception {
			return this.executor.submit(() -> act(this.organizations)).get();
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return () -> act(this.organizations);
		}

	}

	private static String act(Organizations organizations) {
		try {
			return organizations.callAs("org_globex", "escape", () -> "escaped");
		}
		catch (Exception ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
