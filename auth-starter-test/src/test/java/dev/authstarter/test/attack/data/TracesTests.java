package dev.authstarter.test.attack.data;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TracesTests {

	private static final String ID = "5f0c7a52-6d0e-4f6c-9f0c-0d9b1c1f3a03";

	private static final Party GLOBEX = Party.of("org_globex",
			OrganizationData.markedBy("Zoë \"G\" Hopper")
				.identifiedBy("id", ID)
				.identifiedBy("number", 47)
				.identifiedBy("order", 471147));

	@ParameterizedTest
	@ValueSource(strings = { "Zoë \"G\" Hopper", "to ZOË \"G\" HOPPER!", "{\"a\":[\"Zoë \\\"G\\\" Hopper\"]}",
			"{\"a\":\"Zo\\u00eb \\\"G\\\" Hopper\"}", "{\"Zoë \\\"G\\\" Hopper\": 1}",
			"<p>Zo&euml; &quot;G&quot; Hopper</p>", "/to?q=Zo%C3%AB+%22G%22+Hopper", "/to/Zo%C3%AB%20%22G%22%20Hopper/",
			"{\"cursor\":\"Wm_DqyAiRyIgSG9wcGVy\"}", "[\"Wm/DqyAiRyIgSG9wcGVy\"]", "next=Wm%2FDqyAiRyIgSG9wcGVy",
			"{\"a\":1}\n{\"a\":\"Zo\\u00eb \\\"G\\\" Hopper\"}\n", "data:{\"a\":\"Zo\\u00EB \\\"G\\\" Hopper\"}\n",
			"[{\"a\":\"Zo\\u00eb \\\"G\\\" Hopper\"},{\"a\"",
			"{\"problem\":\"{\\\"to\\\":\\\"Zo\\\\u00eb \\\\\\\"G\\\\\\\" Hopper\\\"}\"}" })
	void findsMarkerHoweverItIsWritten(String text) {
		assertThat(find(text)).singleElement().asString().startsWith("its marker 'Zoë \"G\" Hopper' in …");
	}

	@ParameterizedTest
	@ValueSource(strings = { ID, "[\"5F0C7A52-6D0E-4F6C-9F0C-0D9B1C1F3A03\"]", "5f0c7a526d0e4f6c9f0c0d9b1c1f3a03",
			"/letters/NWYwYzdhNTItNmQwZS00ZjZjLTlmMGMtMGQ5YjFjMWYzYTAz" })
	void findsIdentifierHoweverItIsWritten(String text) {
		assertThat(find(text)).singleElement().asString().startsWith("its identifier '" + ID + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"order\":471147}", "orders 471147, 3", "/orders/471147" })
	void findsNumber(String text) {
		assertThat(find(text)).singleElement().asString().startsWith("its identifier '471147'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Hopper", "{\"time\":1471147}", "4711470", "org_globex2", "my-org_globex",
			"{\"size\":47}" })
	void findsNothingByChance(String text) {
		assertThat(find(text)).isEmpty();
	}

	@Test
	void doesNotCountWhatTheRequestSaid() {
		Traces traces = new Traces(GLOBEX, List.of(ID, "org_globex"));
		assertThat(traces.in("There is no letter " + ID + " of org_globex")).isEmpty();
		assertThat(traces.in("There is no letter " + ID + " in 471147")).hasSize(1);
	}

	@Test
	void showsWhatStandsAroundIt() {
		assertThat(find("a".repeat(100) + " org_globex " + "b".repeat(100))).containsExactly(
				"its identifier 'org_globex' in …" + "a".repeat(39) + " org_globex " + "b".repeat(39) + "…");
	}

	private static List<String> find(String text) {
		return new Traces(GLOBEX, List.of()).in(text);
	}

}
