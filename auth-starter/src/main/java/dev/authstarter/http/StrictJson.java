package dev.authstarter.http;

import java.text.ParseException;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that others wrote, and refuses what two readers could read differently:
 * duplicate names at any depth, anything behind the end (RFC 8259, RFC 7515 section 4).
 */
public final class StrictJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
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
			if (members != null) {
				return members;
			}
		}
		catch (JacksonException ex) {
			// Its message quotes the text.
		}
		throw new ParseException("Not a JSON object", 0);
	}

}
