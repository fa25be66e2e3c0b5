package dev.authstarter.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The access matrix: a row for each call, a column for each caller.
 */
final class AccessMatrix {

	private final Map<String, List<String>> columns;

	private AccessMatrix(Map<String, List<String>> columns) {
		this.columns = columns;
	}

	/**
	 * A caller.
	 */
	@FunctionalInterface
	interface Caller {

		/** Get a token, or {@code null} for none. */
		@Nullable String token();

	}

	/** Let every caller call every handler of the API over HTTP. */
	static AccessMatrix of(List<HandlerDescription> handlers, int port, Map<String, Caller> callers) throws Exception {
		HttpClient http = HttpClient.newHttpClient();
		Map<String, List<String>> columns = new LinkedHashMap<>();
		List<String[]> calls = calls(handlers);
		columns.put("call", calls.stream().map((call) -> "`" + call[0] + " " + call[1] + "`").toList());
		for (Map.Entry<String, Caller> caller : callers.entrySet()) {
			String token = caller.getValue().token();
			List<String> answers = new ArrayList<>();
			for (String[] call : calls) {
				answers.add(call(http, call[0], "http://localhost:" + port + call[1], token));
			}
			columns.put(caller.getKey(), answers);
		}
		return new AccessMatrix(columns);
	}

	/** Read the table of the README. */
	static AccessMatrix ofReadme() throws IOException {
		List<String[]> rows = Files.readAllLines(Path.of("README.md"))
			.stream()
			.dropWhile((line) -> !line.startsWith("| call | alice"))
			.takeWhile((line) -> line.startsWith("|"))
			.filter((line) -> !line.startsWith("| ---"))
			.map((line) -> line.substring(2, line.length() - 2).split(" \\| ", -1))
			.toList();
		Map<String, List<String>> columns = new LinkedHashMap<>();
		for (int i = 0; i < rows.get(0).length; i++) {
			int column = i;
			columns.put(rows.get(0)[i], rows.stream().skip(1).map((row) -> row[column]).toList());
		}
		return new AccessMatrix(columns);
	}

	/** The calls, and what they answer to some callers. */
	Map<String, List<String>> columns(Iterable<String> callers) {
		Map<String, List<String>> some = new LinkedHashMap<>();
		some.put("call", this.columns.getOrDefault("call", List.of()));
		callers.forEach((caller) -> some.put(caller, this.columns.getOrDefault(caller, List.of())));
		return some;
	}

	private static List<String[]> calls(List<HandlerDescription> handlers) {
		List<String[]> calls = new ArrayList<>();
		for (HandlerDescription handler : handlers) {
			if (handler.kind() != Kind.CONTROLLER && !handler.patterns().contains("/actuator/health")) {
				continue;
			}
			for (String method : handler.methods()) {
				for (String pattern : handler.patterns()) {
					paths(pattern).forEach((path) -> calls.add(new String[] { method, path }));
				}
			}
		}
		return calls;
	}

	private static List<String> paths(String pattern) {
		String path = pattern.replace("{id}", "7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10");
		return path.contains("{organizationId}")
				? List.of(path.replace("{organizationId}", "org_acme"), path.replace("{organizationId}", "org_globex"))
				: List.of(path);
	}

	/**
	 * An empty body and an appointment that is not there: 400 and 404 are the handler's.
	 */
	private static String call(HttpClient http, String method, String uri, @Nullable String token)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.noBody());
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
		return response.statusCode() + reason(response);
	}

	private static String reason(HttpResponse<String> response) {
		if (response.statusCode() < 400) {
			return "";
		}
		JsonNode reason = JsonMapper.shared().readTree(response.body()).get("reason");
		return (reason != null) ? " `" + reason.asString() + "`" : "";
	}

	/** As the README shows it. */
	@Override
	public String toString() {
		StringJoiner table = new StringJoiner("\n", "", "\n");
		table.add(row(this.columns.keySet()));
		table.add("| --- ".repeat(this.columns.size()) + "|");
		int rows = this.columns.getOrDefault("call", List.of()).size();
		for (int i = 0; i < rows; i++) {
			int row = i;
			table.add(row(this.columns.values().stream().map((column) -> column.get(row)).toList()));
		}
		return table.toString();
	}

	private static String row(Iterable<String> cells) {
		return "| " + String.join(" | ", cells) + " |";
	}

}
