package dev.authstarter.selector;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Parses one selector. Invalid syntax is an error with its position, because a selector
 * that silently finds nothing would make callers appear to have no grants.
 */
final class SelectorParser {

	private static final String AUDIENCE = "{audience}";

	private static final int MAXIMUM_INDEX_LENGTH = 4;

	private final String text;

	private final String audience;

	private final Set<Capture> allowed;

	private final Set<Capture> captures = EnumSet.noneOf(Capture.class);

	private final List<String> names = new ArrayList<>();

	SelectorParser(String text, String audience, Set<Capture> allowed) {
		this.text = text;
		this.audience = audience;
		this.allowed = allowed;
	}

	static boolean namesAudience(String text) {
		return text.startsWith("/") && text.contains(AUDIENCE);
	}

	Selector parse() {
		if (this.text.isBlank()) {
			throw error(0, "a claim's name or a path is expected");
		}
		if (!this.text.startsWith("/")) {
			return parseLiteral();
		}
		Step first = parseFrom(1);
		return new Selector(this.text, null, first, this.names, this.captures);
	}

	private Selector parseLiteral() {
		int brace = this.text.indexOf('{');
		if (brace >= 0) {
			throw error(brace, "a capture needs a path, which starts with '/'");
		}
		return new Selector(this.text, this.text, new Step.Name(this.text, -1, new Step.End()), List.of(this.text),
				Set.of());
	}

	/** Parse the segment that starts here and all after it. */
	private Step parseFrom(int start) {
		int slash = this.text.indexOf('/', start);
		int end = (slash >= 0) ? slash : this.text.length();
		if (start == end) {
			throw error(start, "a segment is empty");
		}
		boolean claim = start == 1;
		String segment = this.text.substring(start, end);
		if (segment.equals("*")) {
			requireInside(claim, start);
			return new Step.Every(parseRest(end));
		}
		int star = segment.indexOf('*');
		if (star >= 0) {
			throw error(start + star, "'*' must be a whole segment");
		}
		int colon = segment.indexOf(':');
		if (segment.startsWith("{") && colon > 0 && segment.indexOf('}') == segment.length() - 1) {
			requireInside(claim, start);
			Capture capture = capture(segment.substring(1, colon), start);
			String name = unescape(start + colon + 1, end - 1);
			if (name.isEmpty()) {
				throw error(start + colon + 1, "the name of a member is expected");
			}
			return new Step.Entries(capture, name, parseRest(end));
		}
		NamePattern pattern = parsePattern(start, end);
		if (pattern.captures()) {
			requireInside(claim, start);
			return new Step.Names(pattern, parseRest(end));
		}
		this.names.add(pattern.prefix());
		if (segment.contains(AUDIENCE) && !claim) {
			return new Step.Names(pattern, parseRest(end));
		}
		return new Step.Name(pattern.prefix(), index(pattern.prefix()), parseRest(end));
	}

	private Step parseRest(int end) {
		return (end < this.text.length()) ? parseFrom(end + 1) : new Step.End();
	}

	/** A path over all claims could read claims that were not intended. */
	private void requireInside(boolean claim, int position) {
		if (claim) {
			throw error(position, "a path starts with the name of one claim");
		}
	}

	private NamePattern parsePattern(int start, int end) {
		StringBuilder literal = new StringBuilder();
		List<String> literals = new ArrayList<>();
		List<Capture> found = new ArrayList<>();
		int position = start;
		while (position < end) {
			char c = this.text.charAt(position);
			if (c == '}') {
				throw error(position, "'}' has no matching '{'");
			}
			if (c != '{') {
				position = unescape(position, end, literal);
				continue;
			}
			int close = this.text.indexOf('}', position);
			if (close < 0 || close >= end) {
				throw error(position, "'{' is not closed");
			}
			String name = this.text.substring(position + 1, close);
			if (name.equals("audience")) {
				literal.append(this.audience);
			}
			else {
				if (!found.isEmpty() && literal.isEmpty()) {
					throw error(position, "two captures need a text between them");
				}
				found.add(capture(name, position));
				literals.add(literal.toString());
				literal.setLength(0);
			}
			position = close + 1;
		}
		literals.add(literal.toString());
		return switch (found.size()) {
			case 0 -> new NamePattern(literals.get(0), null, "", null, "");
			case 1 -> new NamePattern(literals.get(0), found.get(0), "", null, literals.get(1));
			default -> new NamePattern(literals.get(0), found.get(0), literals.get(1), found.get(1), literals.get(2));
		};
	}

	private Capture capture(String name, int position) {
		Capture capture = find(name);
		if (capture == null || !this.allowed.contains(capture)) {
			throw error(position, "'{%s}' is not allowed here, %s".formatted(name, known()));
		}
		if (!this.captures.add(capture)) {
			throw error(position, "'{%s}' is repeated".formatted(name));
		}
		return capture;
	}

	private static @Nullable Capture find(String name) {
		for (Capture capture : Capture.values()) {
			if (capture.toString().equals(name)) {
				return capture;
			}
		}
		return null;
	}

	private String known() {
		Set<String> known = new TreeSet<>(List.of(AUDIENCE));
		this.allowed.forEach((capture) -> known.add("{" + capture + "}"));
		return "only " + String.join(", ", known);
	}

	private String unescape(int start, int end) {
		StringBuilder literal = new StringBuilder();
		int position = start;
		while (position < end) {
			position = unescape(position, end, literal);
		}
		return literal.toString();
	}

	private int unescape(int position, int end, StringBuilder into) {
		char c = this.text.charAt(position);
		if (c != '~') {
			into.append(c);
			return position + 1;
		}
		char escaped = (position + 1 < end) ? this.text.charAt(position + 1) : ' ';
		if (escaped != '0' && escaped != '1') {
			throw error(position, "'~' must be followed by 0 (for '~') or 1 (for '/')");
		}
		into.append((escaped == '0') ? '~' : '/');
		return position + 2;
	}

	/** RFC 6901 section 4: digits without a leading zero. */
	private static int index(String name) {
		boolean digits = name.length() <= MAXIMUM_INDEX_LENGTH && name.chars().allMatch((c) -> c >= '0' && c <= '9');
		return (digits && (name.length() == 1 || name.charAt(0) != '0')) ? Integer.parseInt(name) : -1;
	}

	private InvalidSelectorException error(int position, String problem) {
		return new InvalidSelectorException(this.text, position, problem);
	}

}
