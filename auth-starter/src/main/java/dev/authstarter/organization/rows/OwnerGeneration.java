package dev.authstarter.organization.rows;

import java.util.EnumSet;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;
import org.hibernate.generator.Generator;
import org.hibernate.mapping.GeneratorCreator;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's own generator for a primitive attribute with {@code @TenantId}. It would
 * take the 0 of a new entity for another organization.
 */
@SuppressWarnings("serial")
final class OwnerGeneration implements BeforeExecutionGenerator {

	private final BeforeExecutionGenerator generator;

	private OwnerGeneration(BeforeExecutionGenerator generator) {
		this.generator = generator;
	}

	static GeneratorCreator of(GeneratorCreator creator) {
		return (context) -> {
			Generator generator = creator.createGenerator(context);
			return (generator instanceof BeforeExecutionGenerator before) ? new OwnerGeneration(before) : generator;
		};
	}

	@Override
	public @Nullable Object generate(SharedSessionContractImplementor session, Object owner,
			@Nullable Object currentValue, EventType eventType) {
		boolean unset = currentValue instanceof Number number && number.longValue() == 0;
		return this.generator.generate(session, owner, unset ? null : currentValue, eventType);
	}

	@Override
	public EnumSet<EventType> getEventTypes() {
		return this.generator.getEventTypes();
	}

}
