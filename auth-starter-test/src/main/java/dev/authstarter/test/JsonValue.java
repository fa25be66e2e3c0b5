package dev.authstarter.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Converts the value that a test gives for a claim or a header member to a JSON value.
 */
final class JsonValue {

	private JsonValue() {
	}

	static @Nullable Object of(String name, @Nullable Object value) {
		if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Instant instant) {
			return instant.getEpochSecond();
		}
		if (value instanceof Object[] array) {
			return list(name, Arrays.asList(array));
		}
		if (value instanceof Collection<?> collection) {
			return list(name, collection);
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> members = new LinkedHashMap<>();
			map.forEach((key, member) -> members.put(String.valueOf(key), of(name, member)));
			return members;
		}
		throw new IllegalArgumentException(
				"'%s' cannot be a %s: use text, numbers, booleans, lists, maps, Instant or null".formatted(name,
						value.getClass().getName()));
	}

	private static List<@Nullable Object> list(String name, Collection<?> values) {
		List<@Nullable Object> list = new ArrayList<>();
		values.forEach((value) -> list.add(of(name, value)));
		return list;
	}

}
