package dev.authstarter.organization.rows;

import java.util.stream.StreamSupport;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organizations;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.organization.OrganizationAutoConfiguration;
import dev.authstarter.organization.OrganizationSecurityContext;
import dev.authstarter.organization.UnattendedOrganizations;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

/**
 * Auto-configuration of the acting organization and its rows. It also applies without
 * requests, for example in tests of repositories.
 */
@AutoConfiguration(before = OrganizationAutoConfiguration.class)
public final class RowsAutoConfiguration {

	@Bean
	CurrentOrganization currentOrganization() {
		return OrganizationSecurityContext::organization;
	}

	/**
	 * Without issuers, as in a test of repositories, and with issuers that are resolved
	 * at run time, every organization is allowed.
	 */
	@Bean
	Organizations organizations(ObjectProvider<TrustedIssuers> issuers, ObjectProvider<ClaimReaders> providers) {
		return new UnattendedOrganizations((id) -> {
			TrustedIssuers trusted = issuers.getIfAvailable();
			return trusted == null || trusted.mayGrow() || StreamSupport.stream(trusted.spliterator(), false)
				.anyMatch((issuer) -> providers.getObject().of(issuer).allowsOrganization(id));
		});
	}

	/**
	 * Limits rows with {@code @TenantId} to the acting organization.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ CurrentTenantIdentifierResolver.class, HibernatePropertiesCustomizer.class })
	static class HibernateConfiguration {

		/** After those of the application. Each database has identifiers of its own. */
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(CurrentTenantIdentifierResolver.class)
		HibernatePropertiesCustomizer rowOrganizationCustomizer(CurrentOrganization acting,
				ObjectProvider<PersistenceManagedTypes> entities) {
			return (settings) -> {
				entities.forEach((types) -> RowAttributes.check(types.getManagedClassNames()));
				new OrganizationTenantResolver(acting).applyTo(settings);
			};
		}

	}

}
