package dev.authstarter.test.attack.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON body whose identifiers are replaced: members that have the name of an
 * identifier, and {@code {name}} within texts.
 */
public final class JsonSample {

	/** A body of unknown content. */
	static final JsonSample EMPTY = new JsonSample(JsonNodeFactory.instance.objectNode());

	private final JsonNode json;

	private JsonSample(JsonNode json) {
		this.json = json;
	}

	/**
	 * Parse a sample.
	 * @throws IllegalArgumentException if it is not JSON
	 */
	public static JsonSample of(String json) {
		try {
			return new JsonSample(JsonMapper.shared().readTree(json));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The sample body is not JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Find the replaceable values.
	 * @param names names of identifiers
	 * @return the names that occur, each with the value that the sample has there, or
	 * {@code null} for a placeholder
	 */
	Map<String, @Nullable String> places(Collection<String> names) {
		Map<String, @Nullable String> places = new LinkedHashMap<>();
		walk(this.json, names, (name, node) -> {
			boolean placeholder = node.isString() && node.stringValue().contains(placeholder(name));
			places.putIfAbsent(name, placeholder ? null : node.asString(""));
			return node;
		});
		return places;
	}

	/**
	 * Write the body.
	 * @param names names of identifiers
	 * @param values returns the value for a name
	 * @param more members to add to the outermost object, or to those of a list
	 * @return JSON
	 */
	String write(Collection<String> names, UnaryOperator<String> values, Map<String, Object> more) {
		JsonNode written = walk(this.json, names, (name, node) -> replaced(node, name, values.apply(name)));
		List<ObjectNode> objects = new ArrayList<>();
		if (written instanceof ObjectNode object) {
			objects.add(object);
		}
		written.forEach((element) -> {
			if (written.isArray() && element instanceof ObjectNode object) {
				objects.add(object);
			}
		});
		objects.forEach((object) -> more.forEach(object::putPOJO));
		return JsonMapper.shared().writeValueAsString(written);
	}

	private static JsonNode replaced(JsonNode node, String name, String value) {
		if (node.isString() && node.stringValue().contains(placeholder(name))) {
			return JsonNodeFactory.instance.stringNode(node.stringValue().replace(placeholder(name), value));
		}
		if (node.asString("").equals(value)) {
			return node;
		}
		return (node.isNumber() && value.matches("\\d{1,18}"))
				? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
				: JsonNodeFactory.instance.stringNode(value);
	}

	private static String placeholder(String name) {
		return "{" + name + "}";
	}

	private static JsonNode walk(JsonNode node, Collection<String> names, Replacement replacement) {
		if (node instanceof ObjectNode object) {
			ObjectNode copy = JsonNodeFactory.instance.objectNode();
			object.forEachEntry((member, value) -> copy.set(member, walkMember(member, value, names, replacement)));
			return copy;
		}
		if (node instanceof ArrayNode array) {
			ArrayNode copy = JsonNodeFactory.instance.arrayNode();
			array.forEach((element) -> copy.add(walk(element, names, replacement)));
			return copy;
		}
		JsonNode replaced = node;
		for (String name : names) {
			if (node.isString() && replaced.isString() && node.stringValue().contains(placeholder(name))) {
				replaced = replacement.replace(name, replaced);
			}
		}
		return replaced;
	}

	private static JsonNode walkMember(String member, JsonNode value, Collection<String> names,
			Replacement replacement) {
		if (value.isString() || value.isNumber()) {
			for (String name : names) {
				if (Slot.sameName(name, member)) {
					return replacement.replace(name, value);
				}
			}
		}
		return walk(value, names, replacement);
	}

	/**
	 * Replaces a value.
	 */
	@FunctionalInterface
	private interface Replacement {

		JsonNode replace(String name, JsonNode node);

	}

}
