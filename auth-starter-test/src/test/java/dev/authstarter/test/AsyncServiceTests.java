package dev.authstarter.test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.authstarter.CurrentOrganization;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A method on another thread, called with a forged token or for an organization.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@AutoConfigureForgedTokens
class AsyncServiceTests {

	@Test
	@WithForgedToken(scopes = "read:notes", organization = "org_acme")
	void worksForTheCallerOnAnotherThread(@Autowired Reports reports) throws Exception {
		assertThat(reports.make().get(20, TimeUnit.SECONDS)).isEqualTo("org_acme");
		assertThat(reports.thread().get(20, TimeUnit.SECONDS)).isNotEqualTo(thread());
	}

	@Test
	@WithOrganization("org_globex")
	void worksForTheOrganizationOfAJob(@Autowired Reports reports) throws Exception {
		assertThat(reports.make().get(20, TimeUnit.SECONDS)).isEqualTo("org_globex");
	}

	private static String thread() {
		return Thread.currentThread().getName();
	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableAsync
	static class Later {

		@Bean
		Reports reports(CurrentOrganization organization) {
			return new Reports(organization);
		}

	}

	static class Reports {

		private final CurrentOrganization organization;

		Reports(CurrentOrganization organization) {
			this.organization = organization;
		}

		@Async
		CompletableFuture<String> make() {
			return CompletableFuture.completedFuture(this.organization.get().id());
		}

		@Async
		CompletableFuture<String> thread() {
			return CompletableFuture.completedFuture(AsyncServiceTests.thread());
		}

	}

}
