package dev.authstarter.rows;

import java.math.BigInteger;
import java.util.stream.Stream;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.organization.rows.RowsAutoConfiguration;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import org.hibernate.Session;
import org.hibernate.annotations.TenantId;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.security.access.AccessDeniedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Attributes with {@code @TenantId} of other types and in other places.
 */
class RowTypeTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RowsAutoConfiguration.class, DataSourceAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true");

	@ParameterizedTest
	@ValueSource(classes = { EnumRow.class, ShortRow.class, BigRow.class, RecordRow.class })
	void stopsTheStartForOtherTypes(Class<?> row) {
		mapping(row).run((started) -> assertThat(started).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(AccessRuleException.class, (failure) -> {
				assertThat(failure).hasMessageStartingWith(
						"The attribute '%s.organization' with @TenantId is of the type".formatted(row.getName()));
				assertThat(failure.action()).startsWith("Give it one of the types String, UUID, Long, Integer");
			}));
	}

	@ParameterizedTest
	@ValueSource(classes = { EmbeddedRow.class, KeyRow.class })
	void guardsAttributesInOtherPlaces(Class<?> row) {
		mapping(row, Owner.class).run((started) -> {
			try (EntityManager rows = started.getBean(EntityManagerFactory.class).createEntityManager()) {
				rows.getTransaction().begin();
				Object entity = BeanUtils.instantiateClass(row);
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> {
					rows.persist(entity);
					rows.flush();
				}).withMessageStartingWith("No organization acts in this session");
			}
		});
	}

	@Test
	void leavesAResolverOfTheApplicationAlone() {
		CurrentTenantIdentifierResolver<?> resolver = new CurrentTenantIdentifierResolver<String>() {

			@Override
			public String resolveCurrentTenantIdentifier() {
				return "theirs";
			}

			@Override
			public boolean validateExistingCurrentSessions() {
				return true;
			}

		};
		mapping(Identifiers.TextRow.class).withBean(CurrentTenantIdentifierResolver.class, () -> resolver)
			.run((started) -> assertThat(started).doesNotHaveBean("rowOrganizationCustomizer"));
		mapping(Identifiers.TextRow.class)
			.withBean("theirs", HibernatePropertiesCustomizer.class,
					() -> (settings) -> settings.put("hibernate.tenant_identifier_resolver", resolver))
			.run((started) -> {
				try (EntityManager rows = started.getBean(EntityManagerFactory.class).createEntityManager()) {
					assertThat(rows.unwrap(Session.class).getTenantIdentifierValue()).isEqualTo("theirs");
				}
			});
	}

	@Test
	void opensNoSessionWithoutTheGuard() {
		mapping(Identifiers.TextRow.class).withInitializer(
				(application) -> application.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

					@Override
					public Object postProcessAfterInitialization(Object bean, String name) {
						return name.equals("rowOrganizationCustomizer")
								? (HibernatePropertiesCustomizer) (settings) -> {
									((HibernatePropertiesCustomizer) bean).customize(settings);
									settings.remove("hibernate.integrator_provider");
								} : bean;
					}

				}))
			.run((started) -> assertThatIllegalStateException()
				.isThrownBy(() -> started.getBean(EntityManagerFactory.class).createEntityManager())
				.withMessageContaining("without the protection of organizations' rows"));
	}

	private ApplicationContextRunner mapping(Class<?>... rows) {
		String[] names = Stream.of(rows).map(Class::getName).toArray(String[]::new);
		return this.context.withBean(PersistenceManagedTypes.class, () -> PersistenceManagedTypes.of(names));
	}

	enum Name {

		ACME

	}

	record OrganizationId(String value) {

	}

	static class OrganizationIdConverter implements AttributeConverter<OrganizationId, String> {

		@Override
		public String convertToDatabaseColumn(OrganizationId id) {
			return id.value();
		}

		@Override
		public OrganizationId convertToEntityAttribute(String column) {
			return new OrganizationId(column);
		}

	}

	@Entity
	static class EnumRow {

		@Id
		long id;

		@TenantId
		@Nullable Name organization;

	}

	@Entity
	static class ShortRow {

		@Id
		long id;

		@TenantId
		short organization;

	}

	@Entity
	static class BigRow {

		@Id
		long id;

		@TenantId
		@Nullable BigInteger organization;

	}

	@Entity
	static class RecordRow {

		@Id
		long id;

		@TenantId
		@Convert(converter = OrganizationIdConverter.class)
		@Nullable OrganizationId organization;

	}

	@Embeddable
	static class Owner {

		@TenantId
		@Nullable String organization;

	}

	@Entity
	static class EmbeddedRow {

		@Id
		long id;

		@Embedded
		Owner owner = new Owner();

	}

	@Entity
	@IdClass(Key.class)
	static class KeyRow {

		@Id
		long id;

		@Id
		@TenantId
		@Nullable String organization;

	}

	record Key(long id, String organization) {

	}

}
