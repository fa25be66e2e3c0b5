package dev.authstarter.membership;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.token.TokenAutoConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Memberships of the application's own store, over HTTP.
 */
@ApiTest(value = OrganizationMembershipsTests.Api.class,
		properties = { "auth-starter.organization.memberships-time-to-live=60s",
				"auth-starter.organization.memberships-timeout=200ms",
				"auth-starter.organization.cross-organization-scope=all" })
class OrganizationMembershipsTests {

	private static final String ACME = "/organizations/org_acme/acting";

	private static final Organization EDITOR = new Organization("org_acme", "Acme", Set.of("editor"), Set.of());

	@Autowired
	HttpCalls http;

	@Autowired
	Store store;

	@Autowired
	TestClock clock;

	private String subject = "";

	private static int subjects;

	@BeforeEach
	void beAnotherCaller() {
		this.subject = "caller-" + subjects++;
		this.store.answer = CompletableFuture.completedFuture(List.of(EDITOR));
	}

	@Test
	void letsARoleCountThatBothGive() {
		assertThat(answer(ACME, token())).isEqualTo("200");
	}

	@Test
	void takesARoleAwayWithinItsTimeToLiveFromARememberedToken() {
		String token = token().with("exp", TestApi.NOW.getEpochSecond() + 86_400).signed();
		assertThat(this.http.answer(ACME, token)).isEqualTo("200");
		this.store.answer = CompletableFuture.completedFuture(List.of(Organization.of("org_acme")));
		assertThat(this.http.answer(ACME, token)).isEqualTo("200");
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.http.answer(ACME, token)).isEqualTo("403 insufficient_role");
		assertThat(this.http.answer("/organizations/org_acme/scope", token)).isEqualTo("200");
	}

	@Test
	void givesNoRoleThatTheTokenDoesNotGive() {
		assertThat(answer(ACME, token().without("roles"))).isEqualTo("403 insufficient_role");
	}

	@Test
	void refusesATokenThatIsLeftWithoutOrganization() {
		this.store.answer = CompletableFuture.completedFuture(List.of());
		assertThat(answer(ACME, token())).isEqualTo("403 organization_not_allowed");
		assertThat(answer("/anywhere", token())).isEqualTo("403 organization_not_allowed");
	}

	@Test
	void makesNoMachineOfNoOrganizationThatMayActInAny() {
		this.store.answer = CompletableFuture.completedFuture(List.of());
		TestToken machine = token().with("sub", "machine").with("client_id", "machine").with("scope", "read:notes all");
		assertThat(answer("/organizations/org_globex/scope", machine)).isEqualTo("403 organization_not_allowed");
		assertThat(answer("/organizations/org_globex/scope", machine.without("org_id"))).isEqualTo("200");
	}

	@Test
	void isUnavailableWhileTheStoreFails() {
		this.store.answer = CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
		assertThat(answer(ACME, token())).isEqualTo("503 memberships_unavailable");
		assertThat(this.http.getWithToken(ACME, token().signed()).headers().firstValue("Retry-After")).isPresent();
		this.store.answer = CompletableFuture.completedFuture(List.of(EDITOR));
		assertThat(answer(ACME, token())).isEqualTo("200");
	}

	@Test
	void isUnavailableWhereTheStoreHangs() {
		this.store.answer = new CompletableFuture<>();
		assertThat(answer(ACME, token())).isEqualTo("503 memberships_unavailable");
	}

	@Test
	void waitsForAStoreThatAnswersLater() {
		CompletableFuture<Collection<Organization>> later = new CompletableFuture<>();
		later.completeOnTimeout(List.of(EDITOR), 20, TimeUnit.MILLISECONDS);
		this.store.answer = later;
		assertThat(answer(ACME, token())).isEqualTo("200");
	}

	@Test
	void doesNotAskAboutATokenThatIsRefusedAnyway() {
		int before = this.store.questions.get();
		assertThat(answer(ACME, token().with("exp", TestApi.NOW.getEpochSecond() - 3_600)))
			.isEqualTo("401 token_expired");
		assertThat(this.store.questions).hasValue(before);
	}

	/** Also where the store is declared by an auto-configuration that comes later. */
	@Test
	void readsAStoreThatIsDeclaredLater() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withConfiguration(AutoConfigurations.of(LaterAutoConfiguration.class))
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run((started) -> assertThatExceptionOfType(JwtException.class)
				.isThrownBy(() -> started.getBean(JwtDecoder.class).decode(TestToken.validAt(TestApi.NOW).signed()))
				.withMessageContaining("Memberships"));
	}

	@Test
	void refusesATokenThatIsLeftWithoutAnyGrant() {
		this.store.answer = CompletableFuture.completedFuture(List.of(Organization.of("org_acme")));
		assertThat(answer("/any", token().without("scope"))).isEqualTo("403 no_grants");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void fillsNoLogWhileTheStoreFails(CapturedOutput output) {
		this.store.answer = CompletableFuture.failedFuture(new IllegalStateException("secret of the store"));
		for (int i = 0; i < 5; i++) {
			this.subject = "failing-" + i;
			assertThat(answer(ACME, token())).isEqualTo("503 memberships_unavailable");
		}
		assertThat(output.getAll().split("secret of the store", -1)).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void countsWhereOtherCodeMakesTheAuthorities() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(Api.class).run("--server.port=0",
				"--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE,
				"--spring.security.oauth2.resourceserver.jwt.principal-claim-name=sub")) {
			started.getBean(Store.class).answer = CompletableFuture.completedFuture(List.of(EDITOR));
			HttpCalls calls = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			String both = TestToken.validAt(TestApi.NOW).with("org_id", List.of("org_acme", "org_globex")).signed();
			assertThat(calls.answer("/organizations/org_acme/scope", both)).isEqualTo("200");
			assertThat(calls.answer("/organizations/org_globex/scope", both)).isEqualTo("403 organization_mismatch");
		}
	}

	@ParameterizedTest
	@CsvSource({ "memberships-time-to-live, -1ms", "memberships-time-to-live, 3600001ms", "memberships-timeout, 0ms",
			"memberships-timeout, 30001ms" })
	void stopsTheStartWhereADurationIsOutOfBounds(String property, String value) {
		start(property, value).run((started) -> assertThat(started).getFailure()
			.rootCause()
			.isInstanceOf(InvalidConfigurationPropertyValueException.class)
			.hasMessageContaining("auth-starter.organization." + property));
	}

	@ParameterizedTest
	@CsvSource({ "memberships-time-to-live, 0s", "memberships-time-to-live, 1h", "memberships-timeout, 1ms",
			"memberships-timeout, 30s", "memberships, replace", "memberships, add" })
	void startsWithinBounds(String property, String value) {
		start(property, value).run((started) -> assertThat(started).hasNotFailed());
	}

	private static WebApplicationContextRunner start(String property, String value) {
		return new WebApplicationContextRunner().withUserConfiguration(Api.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"auth-starter.organization." + property + "=" + value);
	}

	private String answer(String path, TestToken token) {
		return this.http.answer(path, token.signed());
	}

	private TestToken token() {
		return TestToken.validAt(this.clock.instant()).with("sub", this.subject);
	}

	/**
	 * Sorted behind the library's own, as by its name.
	 */
	@AutoConfiguration(after = TokenAutoConfiguration.class)
	static class LaterAutoConfiguration {

		@Bean
		OrganizationMemberships laterStore() {
			return (token) -> CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
		}

	}

	/**
	 * Returns what the test configures.
	 */
	static final class Store implements OrganizationMemberships {

		private volatile CompletionStage<Collection<Organization>> answer = new CompletableFuture<>();

		private final AtomicInteger questions = new AtomicInteger();

		@Override
		public CompletionStage<Collection<Organization>> find(AccessToken token) {
			this.questions.incrementAndGet();
			return this.answer;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, Endpoints.class })
	static class Api {

		@Bean
		Store store() {
			return new Store();
		}

	}

	@RestController
	static class Endpoints {

		private final CurrentOrganization acting;

		Endpoints(CurrentOrganization acting) {
			this.acting = acting;
		}

		@GetMapping("/organizations/{organizationId}/acting")
		@RequiresScope("read:notes")
		@RequiresRole("editor")
		String editor(@PathVariable String organizationId) {
			return this.acting.get().id();
		}

		@GetMapping("/organizations/{organizationId}/scope")
		@RequiresScope("read:notes")
		String scope(@PathVariable String organizationId) {
			return this.acting.get().id();
		}

		@GetMapping("/any")
		String any() {
			return "reached";
		}

		@GetMapping("/anywhere")
		@RequiresScope("read:notes")
		String anywhere() {
			return "reached";
		}

	}

}
