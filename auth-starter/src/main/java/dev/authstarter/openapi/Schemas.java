package dev.authstarter.openapi;

import java.util.Set;

import io.swagger.v3.oas.models.media.Schema;

/**
 * Creates schemas that are the same in OpenAPI 3.0 and 3.1. swagger-core reads the type
 * of a schema from a different property for each version.
 */
final class Schemas {

	private Schemas() {
	}

	static Schema<String> text(String description) {
		return typed(new Schema<>(), "string", description);
	}

	static Schema<Integer> integer(String description) {
		return typed(new Schema<>(), "integer", description);
	}

	static Schema<Object> texts(String description) {
		Schema<Object> schema = typed(new Schema<>(), "array", description);
		schema.setItems(text(""));
		return schema;
	}

	static Schema<Object> object(String description) {
		return typed(new Schema<>(), "object", description);
	}

	private static <T> Schema<T> typed(Schema<T> schema, String type, String description) {
		schema.setType(type);
		schema.setTypes(Set.of(type));
		if (!description.isEmpty()) {
			schema.setDescription(description);
		}
		return schema;
	}

}
