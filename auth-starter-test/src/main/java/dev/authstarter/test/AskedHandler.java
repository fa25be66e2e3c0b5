package dev.authstarter.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Describes the handler of a request for failure messages, whether or not the request
 * reached it.
 */
final class AskedHandler {

	private static final Set<Kind> OWN = EnumSet.of(Kind.CONTROLLER, Kind.ROUTE, Kind.ENDPOINT);

	private AskedHandler() {
	}

	static String describe(HandlerInventory inventory, String method, String path) {
		Map<PathPattern, HandlerDescription> matching = new TreeMap<>(
				Comparator.<PathPattern>naturalOrder().thenComparing(PathPattern::getPatternString));
		Set<String> known = new TreeSet<>();
		for (HandlerDescription handler : inventory.handlers()) {
			if (OWN.contains(handler.kind())) {
				known.add(String.join(" or ", handler.patterns()));
				if (handler.methods().isEmpty() || handler.methods().contains(method)) {
					patterns(handler, path).forEach((pattern) -> matching.put(pattern, handler));
				}
			}
		}
		return matching.values()
			.stream()
			.findFirst()
			.map((handler) -> "%s, %s".formatted(handler.name(), requirement(handler)))
			.orElseGet(() -> ("none for %s %s. This application context has only %s: is the controller in this slice, "
					+ "as in @WebMvcTest(TheController.class)?")
				.formatted(method, path, known));
	}

	private static String requirement(HandlerDescription handler) {
		if (handler.open()) {
			return "which is public";
		}
		return handler.rule().isEmpty() ? "which has no rule" : "which requires " + handler.rule();
	}

	private static List<PathPattern> patterns(HandlerDescription handler, String path) {
		PathContainer container = PathContainer.parsePath(path);
		List<PathPattern> matching = new ArrayList<>();
		for (String text : handler.patterns()) {
			PathPattern pattern = PathPatternParser.defaultInstance.parse(text);
			if (pattern.matches(container)) {
				matching.add(pattern);
			}
		}
		return matching;
	}

}
