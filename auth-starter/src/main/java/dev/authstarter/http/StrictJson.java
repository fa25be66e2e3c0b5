package dev.authstarter.http;

import java.text.ParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that others wrote, and refuses what two readers could read differently:
 * duplicate names at any depth, anything behind the end, numbers out of range, endless
 * nesting (RFC 8259 section 6, RFC 7515 section 4).
 */
public final class StrictJson {

	/** Far more than any token, metadata or key set has. */
	private static final int MAXIMUM_DEPTH = 100;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAXIMUM_DEPTH).build())
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {
	};

	private static final String NOT_AN_OBJECT = "Not a JSON object";

	private StrictJson() {
	}

	/**
	 * Read an object.
	 * @param text the JSON text
	 * @return the members: strings, numbers, booleans, lists, maps and {@code null}; none
	 * of it can be changed
	 * @throws ParseException if it is anything else than one object; the message holds
	 * nothing of the text
	 */
	public static Map<String, Object> parseObject(String text) throws ParseException {
		try {
			Map<String, Object> members = MAPPER.readValue(text, MEMBERS);
			if (members != null) {
				return frozen(members);
			}
		}
		catch (JacksonException ex) {
			// Its message quotes the text.
		}
		throw new ParseException(NOT_AN_OBJECT, 0);
	}

	/**
	 * Make a value immutable in place, down to its leaves.
	 * @throws ParseException if something was lost in reading: a number beyond the range
	 * of a double becomes infinite
	 */
	@SuppressWarnings("unchecked")
	private static @Nullable Object frozen(@Nullable Object value) throws ParseException {
		if (value instanceof Map<?, ?>) {
			return frozen((Map<String, Object>) value);
		}
		if (value instanceof List<?>) {
			List<@Nullable Object> elements = (List<@Nullable Object>) value;
			for (int i = 0; i < elements.size(); i++) {
				elements.set(i, frozen(elements.get(i)));
			}
			return Collections.unmodifiableList(elements);
		}
		if (value instanceof Double number && !Double.isFinite(number)) {
			throw new ParseException(NOT_AN_OBJECT, 0);
		}
		return value;
	}

	@SuppressWarnings("NullAway") // JSON's null is a value like any other.
	private static Map<String, Object> frozen(Map<String, Object> members) throws ParseException {
		for (Map.Entry<String, Object> member : members.entrySet()) {
			member.setValue(frozen(member.getValue()));
		}
		return Collections.unmodifiableMap(members);
	}

}
