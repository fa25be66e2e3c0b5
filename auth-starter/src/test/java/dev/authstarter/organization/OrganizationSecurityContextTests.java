package dev.authstarter.organization;

import java.util.Set;

import dev.authstarter.Organization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.SerializationUtils;

import static org.assertj.core.api.Assertions.assertThat;

class OrganizationSecurityContextTests {

	private static final Authentication CALLER = new TestingAuthenticationToken("alice", null);

	private static final Organization ACME = Organization.of("org_acme");

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void holdsTheOrganizationForItsCallerOnly() {
		SecurityContext context = OrganizationSecurityContext.of(CALLER, ACME);
		SecurityContextHolder.setContext(context);
		assertThat(OrganizationSecurityContext.organization()).isEqualTo(ACME);
		context.setAuthentication(new TestingAuthenticationToken("bob", null));
		assertThat(OrganizationSecurityContext.organization()).isNull();
	}

	@Test
	void isAnOrdinaryContextWithoutOrganization() {
		SecurityContext context = OrganizationSecurityContext.of(CALLER, null);
		assertThat(context).isExactlyInstanceOf(SecurityContextImpl.class);
		assertThat(context.getAuthentication()).isSameAs(CALLER);
	}

	/** Two requests of one caller may act in different organizations. */
	@Test
	void equalsNothingButItself() {
		SecurityContext context = OrganizationSecurityContext.of(CALLER, ACME);
		assertThat(context).isNotEqualTo(OrganizationSecurityContext.of(CALLER, ACME));
		assertThat(Set.of(context)).contains(context);
		assertThat(context.hashCode()).isEqualTo(System.identityHashCode(context));
	}

	/** An organization is decided for each request anew. */
	@Test
	@SuppressWarnings("deprecation") // The test made the bytes itself.
	void isStoredWithoutTheOrganization() {
		Object stored = SerializationUtils
			.deserialize(SerializationUtils.serialize(OrganizationSecurityContext.of(CALLER, ACME)));
		assertThat(stored).isExactlyInstanceOf(SecurityContextImpl.class);
		assertThat(stored).isEqualTo(new SecurityContextImpl(CALLER));
	}

	@Test
	void actsInTheOrganizationOfTheCaller() {
		SecurityContextHolder.setContext(new SecurityContextImpl(CALLER));
		OrganizationSecurityContext.act(ACME);
		assertThat(OrganizationSecurityContext.organization()).isEqualTo(ACME);
		OrganizationSecurityContext.act(null);
		assertThat(OrganizationSecurityContext.organization()).isNull();
		assertThat(authentication()).isSameAs(CALLER);
	}

	@Test
	void actsInNoOrganizationWithoutACaller() {
		OrganizationSecurityContext.act(ACME);
		assertThat(OrganizationSecurityContext.organization()).isNull();
		SecurityContextHolder.setContext(OrganizationSecurityContext.withoutCaller(ACME));
		OrganizationSecurityContext.act(null);
		assertThat(SecurityContextHolder.getContext()).isExactlyInstanceOf(SecurityContextImpl.class);
		assertThat(authentication()).isNull();
	}

	private static @Nullable Authentication authentication() {
		return SecurityContextHolder.getContext().getAuthentication();
	}

}
