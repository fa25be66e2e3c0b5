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
 * Keeps organizations apart: a request that names one is for callers whose token names
 * the same. The acting organization is left in the security context for controllers,
 * services and the rules about roles.
 */
final class OrganizationGuard implements HandlerGuard {

	private static final Log logger = LogFactory.getLog(OrganizationGuard.class);

	/** Longer than any provider's; what policies say of an organization is kept by it. */
	private static final int MAXIMUM_CROSSING_LENGTH = 256;

	private final PathOrganizationResolver path;

	private final OrganizationResolver[] sources;

	private final Settings settings;

	private final Predicate<Object> openToMachines;

	private final OrganizationPolicies policies;

	/**
	 * Keep organizations apart.
	 * @param path what the path names
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
	 * What the configuration says.
	 *
	 * @param tokenSpeaks whether the only organization of a token is acted in unasked
	 * @param acceptNames whether a name stands for the organization of that name
	 * @param crossOrganizationScope what lets a machine without an organization act in
	 * any
	 * @param hideOtherOrganizations whether to hide what belongs to others
	 */
	record Settings(boolean tokenSpeaks, boolean acceptNames, @Nullable String crossOrganizationScope,
			boolean hideOtherOrganizations) {

	}

	@Override
	public @Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller) {
		OrganizationSecurityContext.act(null);
		String requested = null;
		for (OrganizationResolver source : this.sources) {
			for (String named : source.resolve(call)) {
				Objects.requireNonNull(named, "An OrganizationResolver names null");
				if (requested != null && !requested.equals(named)) {
					return Refusal.of(Reason.ORGANIZATION_AMBIGUOUS);
				}
				requested = named;
			}
		}
		if (caller == null) {
			// A header or a host of strangers opens and closes nothing.
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

	/** The kind of caller restricts; what grants is a scope, here or in the rule. */
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
	 * Two organizations of the same name are neither, and a name that could be the id of
	 * another organization is none.
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
		return (this.settings.tokenSpeaks() && organizations.size() == 1) ? organizations.get(0) : null;
	}

	private Reason foreign(AccessToken caller) {
		if (caller.organizations().isEmpty()) {
			return Reason.ORGANIZATION_MISSING;
		}
		return this.settings.hideOtherOrganizations() ? Reason.NOT_FOUND : Reason.ORGANIZATION_MISMATCH;
	}

}
