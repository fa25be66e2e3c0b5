package dev.authstarter.organization.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.hibernate.boot.Metadata;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.FilterConfiguration;
import org.hibernate.mapping.ManyToOne;
import org.hibernate.mapping.OneToMany;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Selectable;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * The entities whose rows belong to organizations.
 */
final class OwnedRows {

	/** Hibernate's name for the filter that it derives from {@code @TenantId}. */
	static final String FILTER = "_tenantId";

	static final String PARAMETER = "tenantId";

	/**
	 * By name; the value is the attribute, or empty where it is not one of the entity's
	 * own.
	 */
	private final Map<String, String> attributes;

	private final Object none;

	private OwnedRows(Map<String, String> attributes, Object none) {
		this.attributes = Map.copyOf(attributes);
		this.none = none;
	}

	/**
	 * Find them, and let Hibernate take the 0 of a primitive attribute for a missing
	 * value.
	 * @param metadata the mapping, before it is in use
	 * @param none the identifier where no organization acts
	 */
	static OwnedRows of(Metadata metadata, Object none) {
		Map<String, String> attributes = new HashMap<>();
		for (PersistentClass entity : metadata.getEntityBindings()) {
			for (PersistentClass type = entity; type != null; type = type.getSuperclass()) {
				if (isFiltered(type)) {
					attributes.put(entity.getEntityName(), attribute(type));
				}
			}
		}
		metadata.getCollectionBindings().forEach(OwnedRows::filter);
		return new OwnedRows(attributes, none);
	}

	/**
	 * Hibernate filters an entity where a query names it, and not where it is reached as
	 * an element of a collection of another entity.
	 */
	private static void filter(Collection collection) {
		Value element = collection.getElement();
		if (element instanceof OneToMany many) {
			FilterConfiguration filter = find(many.getAssociatedClass());
			if (filter != null) {
				collection.addFilter(FILTER, filter.getCondition(), true, Map.of(), Map.of());
			}
		}
		else if (element instanceof ManyToOne many) {
			FilterConfiguration filter = find(
					collection.getMetadata().getEntityBinding(many.getReferencedEntityName()));
			if (filter != null) {
				collection.addManyToManyFilter(FILTER, filter.getCondition(), true, Map.of(), Map.of());
			}
		}
	}

	private static @Nullable FilterConfiguration find(@Nullable PersistentClass entity) {
		for (PersistentClass type = entity; type != null; type = type.getSuperclass()) {
			for (FilterConfiguration filter : type.getFilters()) {
				if (filter.getName().equals(FILTER)) {
					return filter;
				}
			}
		}
		return null;
	}

	private static boolean isFiltered(PersistentClass type) {
		return type.getFilters().stream().anyMatch((filter) -> filter.getName().equals(FILTER));
	}

	private static String attribute(PersistentClass type) {
		for (Property property : type.getDeclaredProperties()) {
			if (isOwner(type, property)) {
				acceptZero(property);
				return property.getName();
			}
		}
		return "";
	}

	/** Hibernate's filter compares the attribute's column. */
	private static boolean isOwner(PersistentClass type, Property property) {
		List<Selectable> columns = property.getSelectables();
		return columns.size() == 1 && columns.get(0) instanceof Column column
				&& type.getFilters()
					.stream()
					.anyMatch((filter) -> filter.getName().equals(FILTER)
							&& filter.getCondition().equals(column.getName() + " = :" + PARAMETER));
	}

	private static void acceptZero(Property property) {
		String type = property.getReturnedClassName();
		if ("long".equals(type) || "int".equals(type)) {
			property.setValueGeneratorCreator(OwnerGeneration.of(property.getValueGeneratorCreator()));
		}
	}

	boolean contain(String entity) {
		return this.attributes.containsKey(entity);
	}

	/**
	 * Find the attribute that names the organization.
	 * @return its name, or {@code null} if it is part of something else
	 */
	@Nullable String attribute(String entity) {
		String attribute = this.attributes.get(entity);
		return (attribute == null || attribute.isEmpty()) ? null : attribute;
	}

	boolean isNone(@Nullable Object identifier) {
		return this.none.equals(identifier);
	}

	boolean hasNoOrganization(SharedSessionContractImplementor session) {
		return isNone(session.getTenantIdentifierValue());
	}

}
