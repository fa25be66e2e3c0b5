package dev.authstarter.claims;

import java.util.List;
import java.util.Map;

import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.selector.Capture;
import dev.authstarter.selector.Selector;
import org.jspecify.annotations.Nullable;

/**
 * The selectors by which the claims of a token are read.
 */
final class ClaimMapping {

	private final Selector[] scopes;

	private final Selector[] roles;

	private final Selector[] permissions;

	private final Selector[] organizations;

	private final Selector[] organizationNames;

	private final Selector[] clientId;

	private final Selector[] subject;

	/**
	 * Parse the selectors.
	 * @param source the configuration
	 */
	ClaimMapping(Source source) {
		this.scopes = source.parse(ProviderSetting.SCOPES, Capture.SCOPE).toArray(Selector[]::new);
		this.roles = source.parse(ProviderSetting.ROLES, Capture.ORG, Capture.ROLE).toArray(Selector[]::new);
		this.permissions = source.parse(ProviderSetting.PERMISSIONS, Capture.ORG, Capture.PERMISSION)
			.toArray(Selector[]::new);
		this.organizations = source.parse(ProviderSetting.ORGANIZATIONS, Capture.ORG).toArray(Selector[]::new);
		this.organizationNames = source.parse(ProviderSetting.ORGANIZATION_NAMES, Capture.ORG).toArray(Selector[]::new);
		this.clientId = source.parse(ProviderSetting.CLIENT_ID).toArray(Selector[]::new);
		this.subject = source.parse(ProviderSetting.SUBJECT).toArray(Selector[]::new);
	}

	Selector[] scopes() {
		return this.scopes;
	}

	Selector[] roles() {
		return this.roles;
	}

	Selector[] permissions() {
		return this.permissions;
	}

	Selector[] organizations() {
		return this.organizations;
	}

	Selector[] organizationNames() {
		return this.organizationNames;
	}

	Selector[] clientId() {
		return this.clientId;
	}

	/** Read the client id from claims. */
	@Nullable String clientId(GrantCollector reading, Map<String, Object> claims) {
		return reading.readOne(ProviderSetting.CLIENT_ID, this.clientId, claims);
	}

	Selector[] subject() {
		return this.subject;
	}

	/** Return whether any selector can find an organization. */
	boolean namesOrganizations() {
		return this.organizations.length > 0 || binds(this.roles) || binds(this.permissions);
	}

	private static boolean binds(Selector[] selectors) {
		for (Selector selector : selectors) {
			if (selector.binds(Capture.ORG)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Parses the configured selectors.
	 */
	@FunctionalInterface
	interface Source {

		/**
		 * Parse the selectors of a setting.
		 * @param setting the setting
		 * @param captures the captures that its paths may contain
		 * @return the selectors
		 */
		List<Selector> parse(ProviderSetting setting, Capture... captures);

	}

}
