package dev.authstarter.organization.rows;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.configuration.AccessRuleException;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.cfg.QuerySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.boot.spi.IntegratorProvider;
import org.hibernate.jpa.boot.spi.JpaSettings;
import org.jspecify.annotations.Nullable;

/**
 * Returns the acting organization as the tenant of Hibernate's session. Hibernate then
 * adds it to every query and every insert of an entity with {@code @TenantId}. If no
 * organization acts, the tenant is an identifier that no row has, and writes are refused.
 */
final class OrganizationTenantResolver implements CurrentTenantIdentifierResolver<Object>, Integrator {

	private final CurrentOrganization acting;

	private volatile @Nullable Identifiers identifiers;

	OrganizationTenantResolver(CurrentOrganization acting) {
		this.acting = acting;
	}

	/**
	 * How organizations are identified in the database.
	 *
	 * @param type converts identifiers
	 * @param none the identifier where no organization acts
	 * @param guard refuses writes without an acting organization, or {@code null} if no
	 * entity belongs to an organization
	 */
	private record Identifiers(RowIdentifier type, Object none, @Nullable RowGuard guard) {

	}

	/**
	 * Register this resolver, unless the application has configured another one.
	 * @param settings Hibernate's settings, of the application and of Spring Boot
	 */
	void applyTo(Map<String, Object> settings) {
		if (settings.containsKey(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER)) {
			return;
		}
		settings.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, this);
		Object theirs = settings.get(JpaSettings.INTEGRATOR_PROVIDER);
		if (theirs != null && !(theirs instanceof IntegratorProvider)) {
			throw new AccessRuleException(
					"The property '%s' names a class, which prevents the protection of organizations' rows."
						.formatted(JpaSettings.INTEGRATOR_PROVIDER),
					"Set it to an instance of IntegratorProvider, in a HibernatePropertiesCustomizer.");
		}
		List<Integrator> integrators = new ArrayList<>(
				(theirs instanceof IntegratorProvider provider) ? provider.getIntegrators() : List.of());
		integrators.add(this);
		IntegratorProvider all = () -> integrators;
		settings.put(JpaSettings.INTEGRATOR_PROVIDER, all);
		settings.putIfAbsent(QuerySettings.SEMANTIC_QUERY_TRANSLATOR, RowStatements.class.getName());
	}

	@Override
	public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
		if (!factory.getDefinedFilterNames().contains(OwnedRows.FILTER)) {
			// No entity belongs to an organization. Connections by organization are up to
			// the application.
			this.identifiers = new Identifiers(RowIdentifier.TEXT, "", null);
			return;
		}
		Class<?> java = factory.getTenantIdentifierJavaType().getJavaTypeClass();
		RowIdentifier type = RowIdentifier.of(java);
		if (type == null) {
			throw RowIdentifier.unknown("An attribute", java);
		}
		Object none = type.none(new SecureRandom());
		RowGuard guard = new RowGuard(OwnedRows.of(metadata, none));
		EventListenerRegistry listeners = factory.getEventListenerRegistry();
		listeners.prependListeners(EventType.MERGE, guard);
		listeners.prependListeners(EventType.REPLICATE, guard);
		listeners.prependListeners(EventType.PRE_INSERT, guard);
		listeners.prependListeners(EventType.PRE_UPDATE, guard);
		listeners.prependListeners(EventType.PRE_DELETE, guard);
		listeners.prependListeners(EventType.PRE_UPSERT, guard);
		this.identifiers = new Identifiers(type, none, guard);
	}

	/**
	 * Refuse a statement that writes rows of organizations where none acts, or of any
	 * organization.
	 * @param overwrites whether it is an insert that updates a row in its way
	 */
	void check(String entity, boolean overwrites, LoadQueryInfluencers session) {
		Identifiers known = this.identifiers;
		if (known != null && known.guard() != null) {
			known.guard().check(entity, overwrites, session);
		}
	}

	@Override
	public Object resolveCurrentTenantIdentifier() {
		Identifiers known = this.identifiers;
		if (known == null) {
			throw new IllegalStateException("Hibernate was built without the protection of organizations' rows: "
					+ "another component replaced the setting '%s' after auth-starter set it."
						.formatted(JpaSettings.INTEGRATOR_PROVIDER));
		}
		Organization organization = this.acting.find();
		if (organization == null) {
			return known.none();
		}
		Object identifier = known.type().convert(organization.id());
		if (identifier == null) {
			throw RowRefusedException.unconvertible(known.type());
		}
		return identifier;
	}

	@Override
	public boolean validateExistingCurrentSessions() {
		return true;
	}

}
