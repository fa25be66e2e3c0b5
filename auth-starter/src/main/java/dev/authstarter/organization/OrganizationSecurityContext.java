package dev.authstarter.organization;

import java.io.Serial;

import dev.authstarter.Organization;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * A security context with the caller and the organization that the request acts in. Both
 * are propagated with the context to other threads. Setting another caller removes the
 * organization. Serialization keeps only the caller, because each later request
 * determines its own organization.
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
	 * Create the context of a request whose organization is not known yet, for web stacks
	 * that bind the context before they find the handler.
	 * @param caller the caller
	 * @return the context, in which the caller acts in no organization until
	 * {@link #decide} is called
	 */
	public static OrganizationSecurityContext undecided(Authentication caller) {
		return new OrganizationSecurityContext(caller, null);
	}

	/**
	 * Set the organization of this context, once. A request that is dispatched again
	 * cannot change it, because results of its first handler may still be processed.
	 * @param organization the organization that the guards found, or {@code null} for
	 * none
	 * @return whether the caller acts in it; {@code false} if another was set before
	 */
	public synchronized boolean decide(@Nullable Organization organization) {
		if (this.organization == null) {
			this.organization = organization;
		}
		return organization == null || organization.equals(this.organization);
	}

	/** Create the context of an organization without a caller. */
	static SecurityContext withoutCaller(Organization organization) {
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

	/** Set the organization of the current caller, or remove it. */
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
