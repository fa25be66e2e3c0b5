package dev.authstarter.test.attack.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonSampleTests {

	private static final List<String> NAMES = List.of("patientId", "orderId");

	private static final Map<String, String> VALUES = Map.of("patientId", "p-1", "orderId", "42");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"patientId":""} | {"patientId":"p-1"}
					{"patient_id":"x","a":[{"orderId":7}]} | {"patient_id":"p-1","a":[{"orderId":42}]}
					{"orderId":"7"} | {"orderId":"42"}
					["{patientId}","{orderId}"] | ["p-1","42"]
					{"query":"{ a(b: \\"{orderId}\\", c: \\"{patientId}\\") { d } }"} | {"query":"{ a(b: \\"42\\", c: \\"p-1\\") { d } }"}
					{"patientId":null,"other":{"patientId":{"x":1}}} | {"patientId":null,"other":{"patientId":{"x":1}}}
					7 | 7
					""")
	void replacesIdentifiers(String sample, String written) {
		assertThat(JsonSample.of(sample).write(NAMES, JsonSampleTests::value, Map.of())).isEqualTo(written);
	}

	@Test
	void knowsWhatTheSampleHas() {
		assertThat(JsonSample.of("{\"patientId\":\"x\",\"a\":[\"{orderId}\"]}").places(NAMES))
			.containsEntry("patientId", "x")
			.containsEntry("orderId", null);
	}

	@Test
	void addsMembers() {
		assertThat(
				JsonSample.of("[{\"a\":1},{\"a\":2}]").write(NAMES, JsonSampleTests::value, Map.of("tenant", "org_b")))
			.isEqualTo("[{\"a\":1,\"tenant\":\"org_b\"},{\"a\":2,\"tenant\":\"org_b\"}]");
		assertThat(JsonSample.of("{\"tenant\":1}")
			.write(NAMES, JsonSampleTests::value, Map.of("tenant", Map.of("id", "org_b"))))
			.isEqualTo("{\"tenant\":{\"id\":\"org_b\"}}");
	}

	@Test
	void refusesWhatIsNotJson() {
		assertThatIllegalArgumentException().isThrownBy(() -> JsonSample.of("{patient}"))
			.withMessageContaining("is not JSON");
	}

	private static String value(String name) {
		return Objects.requireNonNull(VALUES.get(name));
	}

}
