package dev.authstarter.organization;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.jose.PrintableText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Enforces organization scoping: a request that names an organization is allowed only if
 * the caller's token names the same. The acting organization is stored in the security
 * context for controllers, services and role checks.
 */
final class OrganizationGuard implements HandlerGuard {

	private static final Log logger = LogFactory.getLog(OrganizationGuard.class);

	/** Longer than the ids of any provider. Ids are keys of the policy cache. */
	private static final int MAXIMUM_CROSSING_LENGTH = 256;

	private final PathOrganizationResolver path;

	private final OrganizationResolver[] sources;

	private final Settings settings;

	private final Predicate<Object> openToMachines;

	private final OrganizationPolicies policies;

	/**
	 * Create a guard.
	 * @param path reads the organization from the path
	 * @param sources all places where a request may name its organization
	 * @param openToMachines whether the rule of a handler lets machines without an
	 * organization pass
	 */
	OrganizationGuard(PathOrganizationResolver path, List<OrganizationResolver> sources, Settings settings,
			Predicate<Object> openToMachines, OrganizationPolicies policies) {
		this.path = path;
		this.sources = sources.toArray(OrganizationResolver[]::new);
		this.settings = settings;
		this.openToMachines = openToMachines;
		this.policies = policies;
	}

	/**
	 * The configuration.
	 *
	 * @param defaultsToToken whether a request that names no organization acts in the
	 * only one of its token
	 * @param acceptNames whether a name stands for the organization of that name
	 * @param crossOrganizationScope the scope with which a machine without an
	 * organization may act in any
	 * @param hideOtherOrganizations whether to answer 404 for organizations that the
	 * token does not name
	 */
	record Settings(boolean defaultsToToken, boolean acceptNames, @Nullable String crossOrganizationScope,
			boolean hideOtherOrganizations) {

	}

	@Override
	public @Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller) {
		OrganizationSecurityContext.act(null);
		String requested = null;
		for (OrganizationResolver source : this.sources) {
			for (String named : source.resolve(call)) {
				Objects.requireNonNull(named, "An OrganizationResolver returned null");
				if (requested != null && !requested.equals(named)) {
					return Refusal.of(Reason.ORGANIZATION_AMBIGUOUS);
				}
				requested = named;
			}
		}
		if (caller == null) {
			// The header and host of an unauthenticated client are ignored.
			return this.path.resolve(call).isEmpty() ? null : Refusal.of(Reason.MISSING_TOKEN);
		}
		Organization organization = (requested != null) ? find(requested, call.handler(), caller) : only(caller);
		if (organization == null) {
			return (requested != null) ? Refusal.of(foreign(caller)) : null;
		}
		if (!this.policies.allow(caller.issuer(), organization.id())) {
			return Refusal.of(Reason.ORGANIZATION_REFUSED);
		}
		if (requested != null && !requested.equals(organization.id())) {
			this.path.replace(call, requested, organization.id());
		}
		OrganizationSecurityContext.act(organization);
		return null;
	}

	@Override
	public boolean guardsAfterError(HandlerCall call) {
		return !this.path.resolve(call).isEmpty();
	}

	private @Nullable Organization find(String requested, Object handler, AccessToken caller) {
		if (requested.isBlank()) {
			return null;
		}
		Organization organization = caller.organization(requested);
		if (organization != null) {
			return organization;
		}
		return (requested.length() <= MAXIMUM_CROSSING_LENGTH && mayCross(handler, caller)) ? cross(requested, caller)
				: named(requested, caller);
	}

	/** The caller type only restricts. The grant is a scope, here or in the rule. */
	private boolean mayCross(Object handler, AccessToken caller) {
		return caller.callerType() == CallerType.MACHINE && caller.organizations().isEmpty()
				&& (this.openToMachines.test(handler) || (this.settings.crossOrganizationScope() != null
						&& caller.scopes().contains(this.settings.crossOrganizationScope())));
	}

	private static Organization cross(String requested, AccessToken caller) {
		logger.info(LogMessage.of(() -> "Machine '%s' without an organization acts in '%s'"
			.formatted(PrintableText.of(caller.subject()), PrintableText.of(requested))));
		return Organization.of(requested);
	}

	/**
	 * A name of two organizations, or one that could be the id of another organization,
	 * matches none.
	 */
	private @Nullable Organization named(String requested, AccessToken caller) {
		Organization found = null;
		for (Organization organization : caller.organizations()) {
			if (this.settings.acceptNames() && requested.equals(organization.name())) {
				if (found != null || IdForm.isAmbiguous(requested, organization.id())) {
					return null;
				}
				found = organization;
			}
		}
		return found;
	}

	private @Nullable Organization only(AccessToken caller) {
		List<Organization> organizations = caller.organizations();
		return (this.settings.defaultsToToken() && organizations.size() == 1) ? organizations.get(0) : null;
	}

	private Reason foreign(AccessToken caller) {
		if (caller.organizations().isEmpty()) {
			return Reason.ORGANIZATION_MISSING;
		}
		return this.settings.hideOtherOrganizations() ? Reason.NOT_FOUND : Reason.ORGANIZATION_MISMATCH;
	}

}
