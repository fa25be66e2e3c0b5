package dev.authstarter.organization;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Tells Hibernate whose rows there are for this request. Hibernate then adds the
 * organization to every query and every insert of an entity with {@code @TenantId}.
 */
final class RowOrganization implements CurrentTenantIdentifierResolver<String> {

	/** No organization has an empty id, so nobody's rows are found with it. */
	private static final String NOBODY = "";

	private final CurrentOrganization acting;

	RowOrganization(CurrentOrganization acting) {
		this.acting = acting;
	}

	@Override
	public String resolveCurrentTenantIdentifier() {
		Organization organization = this.acting.find();
		return (organization != null) ? organization.id() : NOBODY;
	}

	@Override
	public boolean validateExistingCurrentSessions() {
		return true;
	}

}
