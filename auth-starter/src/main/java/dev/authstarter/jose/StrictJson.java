package dev.authstarter.jose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses JSON of other parties, and rejects whatever two parsers could interpret
 * differently: duplicate names at any depth, content after the end, numbers out of range,
 * and excessive nesting or names (RFC 8259 section 6, RFC 7515 section 4).
 */
public final class StrictJson {

	/** Far more than any token, metadata or key set has. */
	private static final int MAXIMUM_DEPTH = 100;

	/** Longer than any URL that names a claim, and any client id that names a member. */
	private static final int MAXIMUM_NAME_LENGTH = 1_000;

	/**
	 * The streaming parser without data binding, which would detect duplicate names in a
	 * table of its own although a map detects them, and would return mutable values.
	 * <p>
	 * Without the parser's table of member names: all documents share it, and it keeps
	 * every name, so that senders of invalid tokens could fill the heap.
	 */
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAXIMUM_DEPTH)
			.maxNameLength(MAXIMUM_NAME_LENGTH)
			.build())
		.build();

	private static final String NOT_AN_OBJECT = "Not a JSON object";

	private StrictJson() {
	}

	/**
	 * Parse an object.
	 * @param text the JSON text
	 * @return the members: strings, numbers, booleans, lists, maps and {@code null};
	 * deeply immutable
	 * @throws ParseException if it is anything else than one object; the message contains
	 * nothing of the text
	 */
	public static Map<String, Object> parseObject(String text) throws ParseException {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
			return object(parser);
		}
		catch (JacksonException ex) {
			// The message of the exception quotes the text.
			throw new ParseException(NOT_AN_OBJECT, 0);
		}
	}

	/**
	 * Parse an object from UTF-8.
	 * @param json the JSON text, backed by an array
	 * @return as {@link #parseObject(String)}
	 * @throws ParseException if it is anything else than one object in well-formed UTF-8
	 */
	public static Map<String, Object> parseObject(ByteBuffer json) throws ParseException {
		return parseObject(text(json));
	}

	private static String text(ByteBuffer json) throws ParseException {
		if (isAscii(json)) {
			return new String(json.array(), json.arrayOffset() + json.position(), json.remaining(),
					StandardCharsets.ISO_8859_1);
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(json).toString();
		}
		catch (CharacterCodingException ex) {
			throw new ParseException(NOT_AN_OBJECT, 0);
		}
	}

	private static boolean isAscii(ByteBuffer json) {
		byte[] bytes = json.array();
		int end = json.arrayOffset() + json.limit();
		for (int i = json.arrayOffset() + json.position(); i < end; i++) {
			if (bytes[i] < 0) {
				return false;
			}
		}
		return true;
	}

	private static Map<String, Object> object(JsonParser parser) throws ParseException {
		if (parser.nextToken() == JsonToken.START_OBJECT) {
			Map<String, Object> members = members(parser);
			if (parser.nextToken() == null) {
				return members;
			}
		}
		throw new ParseException(NOT_AN_OBJECT, 0);
	}

	@SuppressWarnings("NullAway") // JSON's null is a value like any other.
	private static Map<String, Object> members(JsonParser parser) throws ParseException {
		Map<String, Object> members = new LinkedHashMap<>();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			int before = members.size();
			members.put(name, value(parser, parser.nextToken()));
			if (members.size() == before) {
				throw new ParseException(NOT_AN_OBJECT, 0);
			}
		}
		return members.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(members);
	}

	private static List<@Nullable Object> elements(JsonParser parser) throws ParseException {
		ArrayList<@Nullable Object> elements = new ArrayList<>();
		for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			elements.add(value(parser, token));
		}
		// Claims are kept with their token, and most lists are shorter than what an
		// ArrayList reserves.
		elements.trimToSize();
		return elements.isEmpty() ? Collections.emptyList() : Collections.unmodifiableList(elements);
	}

	/** The parser itself rejects every other token at these places. */
	private static @Nullable Object value(JsonParser parser, JsonToken token) throws ParseException {
		return switch (token) {
			case START_OBJECT -> members(parser);
			case START_ARRAY -> elements(parser);
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> parser.getNumberValue();
			case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case VALUE_NULL -> null;
			default -> throw new ParseException(NOT_AN_OBJECT, 0);
		};
	}

	/** A number beyond the range of a double would be infinite. */
	private static double finite(double number) throws ParseException {
		if (!Double.isFinite(number)) {
			throw new ParseException(NOT_AN_OBJECT, 0);
		}
		return number;
	}

}
