package dev.authstarter.sample.issuer;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrganizationChoiceTests {

	@Test
	void readsTheParameter() {
		assertThat(OrganizationChoice.of(Map.of("organization", "org_acme"))).isEqualTo("org_acme");
		assertThat(OrganizationChoice.of(Map.of())).isNull();
	}

	@Test
	void readsNoOrganizationFromParameterThatIsThereTwice() {
		assertThat(OrganizationChoice.of(Map.of("organization", new String[] { "org_acme", "org_globex" }))).isEmpty();
	}

	@Test
	void distinguishesMembersOfNoneFromUnknownUsers() {
		Memberships memberships = new Memberships(
				Map.of("alice", List.of(Membership.inAcme("editor")), "ward-monitor", List.of()));
		assertThat(memberships.isMemberOfNone("ward-monitor")).isTrue();
		assertThat(memberships.isMemberOfNone("alice")).isFalse();
		assertThat(memberships.isMemberOfNone("mallory")).isFalse();
	}

}
