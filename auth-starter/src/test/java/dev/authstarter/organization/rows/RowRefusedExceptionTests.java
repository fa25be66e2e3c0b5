package dev.authstarter.organization.rows;

import dev.authstarter.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the refusal of a row tells the client and the log.
 */
class RowRefusedExceptionTests {

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void requiresTokenOnlyWhereThereIsNoCaller() {
		assertThat(reasonWithoutOrganization()).isEqualTo(Reason.MISSING_TOKEN);
		SecurityContextHolder.getContext()
			.setAuthentication(new AnonymousAuthenticationToken("key", "anonymous",
					AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
		assertThat(reasonWithoutOrganization()).isEqualTo(Reason.MISSING_TOKEN);
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("42", ""));
		assertThat(reasonWithoutOrganization()).isEqualTo(Reason.ORGANIZATION_MISSING);
	}

	private static Reason reasonWithoutOrganization() {
		return RowRefusedException.withoutOrganization("Note", "insert").refusal().reason();
	}

	@Test
	void namesEntityAndOperationForTheLog() {
		RowRefusedException foreign = RowRefusedException.foreign("Note", "update");
		assertThat(foreign.method()).isEqualTo("Note");
		assertThat(foreign).hasMessageContaining("The update of 'Note' is denied");
		assertThat(foreign.refusal().reason()).isEqualTo(Reason.ORGANIZATION_MISMATCH);
		assertThat(RowRefusedException.withoutOrganization("Note", "delete")).hasMessageContaining("delete of 'Note'")
			.extracting(RowRefusedException::method)
			.isEqualTo("Note");
	}

	@Test
	void namesTheTypeOfAnIdentifierThatCannotBeConverted() {
		RowRefusedException unconvertible = RowRefusedException.unconvertible(RowIdentifier.LONG);
		assertThat(unconvertible).hasMessageContaining("Long");
		assertThat(unconvertible.method()).isNull();
		assertThat(unconvertible.refusal().reason()).isEqualTo(Reason.ORGANIZATION_REFUSED);
	}

}
