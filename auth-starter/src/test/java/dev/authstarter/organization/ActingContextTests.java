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

class ActingContextTests {

	private static final Authentication CALLER = new TestingAuthenticationToken("alice", null);

	private static final Organization ACME = Organization.of("org_acme");

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void holdsTheOrganizationForItsCallerOnly() {
		SecurityContext context = ActingContext.of(CALLER, ACME);
		SecurityContextHolder.setContext(context);
		assertThat(ActingContext.organization()).isEqualTo(ACME);
		context.setAuthentication(new TestingAuthenticationToken("bob", null));
		assertThat(ActingContext.organization()).isNull();
	}

	@Test
	void isAnOrdinaryContextWithoutOrganization() {
		SecurityContext context = ActingContext.of(CALLER, null);
		assertThat(context).isExactlyInstanceOf(SecurityContextImpl.class);
		assertThat(context.getAuthentication()).isSameAs(CALLER);
	}

	/** Two requests of one caller may act in different organizations. */
	@Test
	void equalsNothingButItself() {
		SecurityContext context = ActingContext.of(CALLER, ACME);
		assertThat(context).isNotEqualTo(ActingContext.of(CALLER, ACME));
		assertThat(Set.of(context)).contains(context);
		assertThat(context.hashCode()).isEqualTo(System.identityHashCode(context));
	}

	/** An organization is decided for each request anew. */
	@Test
	@SuppressWarnings("deprecation") // The test made the bytes itself.
	void isStoredWithoutTheOrganization() {
		Object stored = SerializationUtils.deserialize(SerializationUtils.serialize(ActingContext.of(CALLER, ACME)));
		assertThat(stored).isExactlyInstanceOf(SecurityContextImpl.class);
		assertThat(stored).isEqualTo(new SecurityContextImpl(CALLER));
	}

	@Test
	void actsInTheOrganizationOfTheCaller() {
		SecurityContextHolder.setContext(new SecurityContextImpl(CALLER));
		ActingContext.act(ACME);
		assertThat(ActingContext.organization()).isEqualTo(ACME);
		ActingContext.act(null);
		assertThat(ActingContext.organization()).isNull();
		assertThat(authentication()).isSameAs(CALLER);
	}

	@Test
	void actsInNoOrganizationWithoutACaller() {
		ActingContext.act(ACME);
		assertThat(ActingContext.organization()).isNull();
		SecurityContextHolder.setContext(ActingContext.ofNobody(ACME));
		ActingContext.act(null);
		assertThat(SecurityContextHolder.getContext()).isExactlyInstanceOf(SecurityContextImpl.class);
		assertThat(authentication()).isNull();
	}

	private static @Nullable Authentication authentication() {
		return SecurityContextHolder.getContext().getAuthentication();
	}

}
