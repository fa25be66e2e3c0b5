package dev.authstarter.organization;

import java.io.Serial;

import dev.authstarter.Organization;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * The caller together with the organization this request acts in. Whoever carries the
 * security context to another thread carries both, and whoever puts another caller into
 * it loses the organization. Whoever serializes it keeps the caller alone: which
 * organization a later request acts in is for that request to say.
 */
@SuppressWarnings("serial")
public final class OrganizationSecurityContext extends SecurityContextImpl {

	private final transient @Nullable Authentication caller;

	private transient volatile @Nullable Organization organization;

	private OrganizationSecurityContext(@Nullable Authentication caller, @Nullable Organization organization) {
		setAuthentication(caller);
		this.caller = caller;
		this.organization = organization;
	}

	static SecurityContext of(Authentication caller, @Nullable Organization organization) {
		return (organization != null) ? new OrganizationSecurityContext(caller, organization)
				: new SecurityContextImpl(caller);
	}

	/**
	 * Make the context of a request whose organization is not known yet, for stacks where
	 * what carries the context is bound before the handler is found.
	 * @param caller the caller
	 * @return the context, in which the caller acts in no organization until
	 * {@link #decide} is called
	 */
	public static OrganizationSecurityContext undecided(Authentication caller) {
		return new OrganizationSecurityContext(caller, null);
	}

	/**
	 * Let the caller of this context act in an organization, once. A request that is
	 * dispatched again may not act in another: what its first handler returned is still
	 * at work.
	 * @param organization the organization that the guards found, or {@code null} for
	 * none
	 * @return whether the caller acts in it; otherwise in another that was found before
	 */
	public synchronized boolean decide(@Nullable Organization organization) {
		if (this.organization == null) {
			this.organization = organization;
		}
		return organization == null || organization.equals(this.organization);
	}

	/** Act in an organization where no caller is. */
	static SecurityContext ofNobody(Organization organization) {
		return new OrganizationSecurityContext(null, organization);
	}

	/** Return the organization that the current caller acts in. */
	public static @Nullable Organization organization() {
		return organization(SecurityContextHolder.getContext());
	}

	/**
	 * Return the organization of a context.
	 * @param context any context
	 * @return the organization that its caller acts in, or {@code null} for none
	 */
	public static @Nullable Organization organization(SecurityContext context) {
		return (context instanceof OrganizationSecurityContext acting && acting.getAuthentication() == acting.caller)
				? acting.organization : null;
	}

	/** Let the current caller act in an organization, or in none. */
	static void act(@Nullable Organization organization) {
		SecurityContext current = SecurityContextHolder.getContext();
		Authentication caller = current.getAuthentication();
		if (organization != null && caller != null) {
			SecurityContextHolder.setContext(new OrganizationSecurityContext(caller, organization));
		}
		else if (current instanceof OrganizationSecurityContext) {
			SecurityContextHolder.setContext(
					(caller != null) ? new SecurityContextImpl(caller) : SecurityContextHolder.createEmptyContext());
		}
	}

	@Serial
	private Object writeReplace() {
		SecurityContext kept = new SecurityContextImpl();
		kept.setAuthentication(getAuthentication());
		return kept;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
