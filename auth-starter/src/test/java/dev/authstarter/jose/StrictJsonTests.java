package dev.authstarter.jose;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StrictJson}.
 */
class StrictJsonTests {

	@Test
	void readsEveryKindOfValue() throws ParseException {
		Map<String, Object> members = StrictJson.parseObject("""
				{"text": "\\u00e9\\n", "int": 1, "long": 4102444800, "big": 123456789012345678901234567890,
				 "double": 1.5, "exponent": 1e3, "true": true, "false": false, "null": null,
				 "list": [1, null, ["a"], {}], "object": {"a": {"b": "c"}}, "empty": ""}
				""");
		assertThat(members).containsEntry("text", "\u00e9\n")
			.containsEntry("int", 1)
			.containsEntry("long", 4_102_444_800L)
			.containsEntry("big", new BigInteger("123456789012345678901234567890"))
			.containsEntry("double", 1.5)
			.containsEntry("exponent", 1_000.0)
			.containsEntry("true", true)
			.containsEntry("false", false)
			.containsEntry("null", null)
			.containsEntry("object", Map.of("a", Map.of("b", "c")))
			.containsEntry("empty", "");
		assertThat((List<?>) members.get("list")).hasSize(4).element(2).isEqualTo(List.of("a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":1,\"a\":1}", "{\"a\":null,\"a\":null}", "{\"a\":1,\"\\u0061\":1}",
			"{\"x\":{\"a\":1,\"b\":2,\"a\":3}}", "{\"x\":[[{\"a\":1,\"a\":null}]]}" })
	void refusesDuplicateNames(String text) {
		refuses(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "1", "\"a\"", "[]", "[{}]", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
			"{\"a\":[}", "{\"a\":[1}", "{\"a\":[1,]}", "{'a':1}", "{a:1}", "{\"a\":1}{}", "{\"a\":1} x", "{\"a\":1}]",
			"{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1e400}",
			"{\"a\":[-1e400]}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":1/**/}", "\ufeff{}" })
	void refusesWhatIsNotOneObject(String text) {
		refuses(text);
	}

	@Test
	void readsUtf8() throws ParseException {
		for (String text : List.of("{\"a\":1}", "{\"\u00e9\":\"\u20ac \ud83d\ude00 \ufffd\"}")) {
			assertThat(StrictJson.parseObject(utf8(text))).isEqualTo(StrictJson.parseObject(text));
		}
		ByteBuffer inside = ByteBuffer.wrap("xx{\"a\":1}yy".getBytes(StandardCharsets.UTF_8), 2, 7);
		assertThat(StrictJson.parseObject(inside)).containsExactly(Map.entry("a", 1));
		assertThat(StrictJson.parseObject(inside.slice())).containsExactly(Map.entry("a", 1));
	}

	/**
	 * Single continuation byte, overlong form, half of a surrogate pair, beyond Unicode,
	 * truncated.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "80", "c080", "e08080", "eda080", "f4908080", "c3", "ff" })
	void refusesBytesThatAreNoText(String hex) {
		byte[] bytes = HexFormat.of().parseHex("7b2261223a22" + hex + "227d");
		assertThatExceptionOfType(ParseException.class)
			.isThrownBy(() -> StrictJson.parseObject(ByteBuffer.wrap(bytes)));
	}

	@Test
	void refusesOtherEncodings() {
		for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16,
				Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"))) {
			assertThatExceptionOfType(ParseException.class).as(charset.name())
				.isThrownBy(() -> StrictJson.parseObject(ByteBuffer.wrap("{\"a\":1}".getBytes(charset))));
		}
	}

	private static ByteBuffer utf8(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void readsHundredLevelsAndNoMore() throws ParseException {
		assertThat(StrictJson.parseObject("{\"a\":".repeat(99) + "{}" + "}".repeat(99))).hasSize(1);
		refuses("{\"a\":".repeat(100) + "{}" + "}".repeat(100));
	}

	@Test
	@SuppressWarnings("unchecked")
	void returnsNothingThatCanBeChanged() throws ParseException {
		Map<String, Object> members = StrictJson.parseObject("{\"list\":[{\"a\":1}],\"object\":{}}");
		List<Object> list = (List<Object>) members.get("list");
		Map<String, Object> object = (Map<String, Object>) members.get("object");
		assertThat(list).isNotNull();
		assertThat(object).isNotNull();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> members.put("b", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> object.put("b", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ((Map<String, Object>) list.get(0)).clear());
	}

	private static void refuses(String text) {
		assertThatExceptionOfType(ParseException.class).isThrownBy(() -> StrictJson.parseObject(utf8(text)))
			.withMessage("Not a JSON object");
		assertThatExceptionOfType(ParseException.class).isThrownBy(() -> StrictJson.parseObject(text))
			.withMessage("Not a JSON object");
	}

}
