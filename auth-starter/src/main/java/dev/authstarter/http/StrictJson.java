package dev.authstarter.http;

import java.text.ParseException;
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

	private StrictJson() {
	}

	/**
	 * Read an object.
	 * @param text the JSON text
	 * @return the members: strings, numbers, booleans, lists, maps and {@code null}
	 * @throws ParseException if it is anything else than one object; the message holds
	 * nothing of the text
	 */
	public static Map<String, Object> parseObject(String text) throws ParseException {
		try {
			Map<String, Object> members = MAPPER.readValue(text, MEMBERS);
			if (members != null && isExact(members)) {
				return members;
			}
		}
		catch (JacksonException ex) {
			// Its message quotes the text.
		}
		throw new ParseException("Not a JSON object", 0);
	}

	/**
	 * Tell whether nothing was lost in reading: a number beyond the range of a double
	 * becomes infinite.
	 */
	private static boolean isExact(@Nullable Object value) {
		if (value instanceof Map<?, ?> members) {
			return members.values().stream().allMatch(StrictJson::isExact);
		}
		if (value instanceof List<?> elements) {
			return elements.stream().allMatch(StrictJson::isExact);
		}
		return !(value instanceof Double number) || Double.isFinite(number);
	}

}
