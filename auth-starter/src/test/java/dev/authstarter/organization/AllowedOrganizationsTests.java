package dev.authstarter.organization;

import dev.authstarter.AuthStarterProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class AllowedOrganizationsTests {

	@Test
	void allowsAllWithoutAList() {
		assertThat(allowed().allows("https://issuer.example/", "org_acme")).isTrue();
	}

	@Test
	void allowsNothingBesideTheList() {
		AllowedOrganizations allowed = allowed("auth-starter.organization.allowed=org_acme");
		assertThat(allowed.allows("https://issuer.example/", "org_acme")).isTrue();
		assertThat(allowed.allows("https://issuer.example/", "org_globex")).isFalse();
	}

	@Test
	void prefersTheListOfTheIssuer() {
		AllowedOrganizations allowed = allowed("auth-starter.organization.allowed=org_acme",
				"auth-starter.issuers.staff.issuer=https://staff.example/",
				"auth-starter.issuers.staff.organization.allowed=org_globex");
		assertThat(allowed.allows("https://staff.example/", "org_globex")).isTrue();
		assertThat(allowed.allows("https://staff.example/", "org_acme")).isFalse();
		assertThat(allowed.allows("https://other.example/", "org_globex")).isFalse();
	}

	private static AllowedOrganizations allowed(String... properties) {
		MockEnvironment environment = new MockEnvironment();
		for (String property : properties) {
			int split = property.indexOf('=');
			environment.setProperty(property.substring(0, split), property.substring(split + 1));
		}
		return new AllowedOrganizations(
				Binder.get(environment).bindOrCreate("auth-starter", AuthStarterProperties.class));
	}

}
