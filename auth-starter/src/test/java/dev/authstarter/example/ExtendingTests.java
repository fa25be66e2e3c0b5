package dev.authstarter.example;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.example.ClinicExtensions.RefusalCounter;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerHttpClientCustomizer;
import dev.authstarter.issuer.TrustedIssuers;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/extending.md}: the application of this package contains
 * each of them as the document shows it, and each behaves over HTTP as the document
 * describes.
 */
@ApiTest(value = ExtendingTests.Api.class, properties = { "auth-starter.organization.memberships=add",
		"auth-starter.organization.allowed=org_acme,org_globex,org_unpaid" })
class ExtendingTests {

	private static final Path DOCUMENT = Path.of("../docs/extending.md");

	private static final Path SOURCE = Path.of("src/test/java/dev/authstarter/example/ClinicExtensions.java");

	private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final String ACME = "/organizations/org_acme/acting";

	@Autowired
	HttpCalls http;

	@Autowired
	Clinics clinics;

	@Autowired
	RefusalCounter refusals;

	@Autowired
	IssuerHttpClientCustomizer proxy;

	@Autowired
	TrustedIssuers issuers;

	@Test
	void everyExampleOfTheDocumentIsInThisApplication() throws IOException {
		String source = words(Files.readString(SOURCE));
		List<String> blocks = BLOCK.matcher(Files.readString(DOCUMENT))
			.results()
			.map((MatchResult block) -> words(block.group(1)))
			.toList();
		assertThat(blocks).hasSizeGreaterThanOrEqualTo(10).allSatisfy((block) -> assertThat(source).contains(block));
	}

	private static String words(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

	@Test
	void aGuardRefusesForAReasonOfTheApplication() {
		assertThat(post("sparing")).isEqualTo("200");
		this.clinics.exhaust("lavish");
		assertThat(post("lavish")).isEqualTo("429 quota_exceeded");
	}

	@Test
	void aValidatorRefusesTokens() {
		assertThat(answer(ACME, token().with("amr", List.of("pwd")))).isEqualTo("401 refused_by_rule");
		assertThat(answer(ACME, token().with("amr", List.of("pwd", "mfa")))).isEqualTo("200");
	}

	@Test
	void aPolicyRefusesOrganizations() {
		assertThat(answer("/organizations/org_unpaid/acting", token().with("org_id", "org_unpaid")))
			.isEqualTo("403 organization_refused");
	}

	@Test
	void aResolverReadsTheOrganizationElsewhere() {
		String token = token().with("org_id", List.of("org_acme", "org_globex")).signed();
		HttpResponse<String> response = this.http.get("/acting", "X-Clinic", "org_globex", "Authorization",
				"Bearer " + token);
		assertThat(response.body()).isEqualTo("org_globex");
	}

	@Test
	void aCustomizerDecodesPermissions() {
		assertThat(answer("/permitted", token().with("perm_bits", 0b10))).isEqualTo("200");
		assertThat(answer("/permitted", token().with("perm_bits", 0b01))).isEqualTo("403 insufficient_permission");
	}

	@Test
	void membershipsBringRolesOfTheStore() {
		assertThat(answer("/organizations/org_acme/owned", token().with("sub", "newcomer")))
			.isEqualTo("403 insufficient_role");
		this.clinics.admit("partner", new Organization("org_acme", null, Set.of("owner"), Set.of()));
		assertThat(answer("/organizations/org_acme/owned", token().with("sub", "partner"))).isEqualTo("200");
	}

	@Test
	void aResolverOfIssuersKnowsRealms() {
		assertThat(answer(ACME, token().with("iss", "https://sso.clinic.example/realms/acme"))).isEqualTo("200");
		assertThat(answer(ACME, token().with("iss", "https://sso.clinic.example/realms/other")))
			.isEqualTo("401 wrong_issuer");
	}

	@Test
	void aCustomizerOfBodiesWritesTheFormatOfTheCompany() {
		HttpResponse<String> response = this.http.getWithToken("/organizations/org_globex/acting", token().signed());
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(HttpCalls.json(response)).isEqualTo(Map.of("error",
				Map.of("code", "organization_mismatch", "message", "The token is not for this organization")));
	}

	@Test
	void aListenerCountsRefusals() {
		long before = this.refusals.count();
		answer("/organizations/org_globex/acting", token());
		assertThat(this.refusals.count()).isEqualTo(before + 1);
	}

	@Test
	void aCustomizerOfClientsSetsAProxy() {
		HttpClient.Builder client = HttpClient.newBuilder();
		this.proxy.customize(this.issuers.first(), client);
		ProxySelector selector = client.build().proxy().orElseThrow();
		assertThat(new ArrayList<>(selector.select(URI.create("https://issuer.example")))).singleElement()
			.asString()
			.contains("proxy.example");
	}

	private String post(String subject) {
		return answer(this.http.send(this.http.request("/charged")
			.header("Authorization", "Bearer " + token().with("sub", subject).signed())
			.POST(BodyPublishers.noBody())));
	}

	private String answer(String path, TestToken token) {
		return answer(this.http.getWithToken(path, token.signed()));
	}

	private static String answer(HttpResponse<String> response) {
		if (response.statusCode() == 200) {
			return "200";
		}
		return response.statusCode() + " "
				+ ((HttpCalls.json(response).get("error") instanceof Map<?, ?> error) ? error.get("code") : "");
	}

	private static TestToken token() {
		return TestToken.validAt(TestApi.NOW);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, ClinicExtensions.class, ClinicExtensions.QuotaGuard.class,
			ClinicExtensions.PermissionBits.class, ClinicExtensions.StoredMemberships.class,
			ClinicExtensions.ClinicRealms.class, ClinicExtensions.CompanyErrors.class, RefusalCounter.class,
			Endpoints.class })
	static class Api {

		@Bean
		Clinics clinics() {
			return new Clinics();
		}

	}

	@RestController
	static class Endpoints {

		private final CurrentOrganization acting;

		Endpoints(CurrentOrganization acting) {
			this.acting = acting;
		}

		@GetMapping("/acting")
		@RequiresScope("read:notes")
		String acting() {
			return this.acting.get().id();
		}

		@GetMapping("/organizations/{organizationId}/acting")
		@RequiresScope("read:notes")
		String actingIn(@PathVariable String organizationId) {
			return organizationId;
		}

		@GetMapping("/organizations/{organizationId}/owned")
		@RequiresRole("owner")
		String owned(@PathVariable String organizationId) {
			return organizationId;
		}

		@GetMapping("/permitted")
		@RequiresPermission("write:notes")
		String permitted() {
			return "reached";
		}

		@PostMapping("/charged")
		@RequiresScope("read:notes")
		String charged() {
			return "reached";
		}

	}

}
