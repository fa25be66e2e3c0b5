package dev.authstarter.test.attack.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

/**
 * Finds data of an organization in a text: verbatim, in any case, escaped in JSON, HTML
 * or a URL, and in base64.
 */
public final class Traces {

	/** Shorter identifiers can occur by chance. */
	private static final int SHORTEST_IDENTIFIER = 6;

	private static final int DEPTH = 3;

	private static final int CONTEXT = 40;

	/** Both alphabets; a slash may also separate the segments of a path. */
	private static final List<Pattern> BASE64 = List.of(Pattern.compile("[A-Za-z0-9_-]{6,}"),
			Pattern.compile("[A-Za-z0-9+/]{6,}"));

	/** RFC 8259 section 7. */
	private static final Pattern JSON_ESCAPE = Pattern.compile("\\\\(u[0-9A-Fa-f]{4}|[\"\\\\/bfnrt])");

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\uFFFD&&[^\\s]]");

	private final Party party;

	private final Set<String> sent;

	/**
	 * Search for an organization's data.
	 * @param party the organization
	 * @param sent the values that the request contained, which an answer may repeat
	 */
	public Traces(Party party, Collection<String> sent) {
		this.party = party;
		this.sent = Set.copyOf(sent);
	}

	/**
	 * Search in a text.
	 * @return the findings, for messages; empty if there are none
	 */
	public List<String> in(String text) {
		Set<String> readings = new LinkedHashSet<>();
		collect(text, DEPTH, readings);
		List<String> found = new ArrayList<>();
		for (String marker : this.party.markers()) {
			find("its marker", marker, Pattern.quote(marker), readings, found);
		}
		for (String identifier : this.party.values()) {
			if (identifier.length() >= SHORTEST_IDENTIFIER && !this.sent.contains(identifier)) {
				find("its identifier", identifier, form(identifier), readings, found);
			}
		}
		return found;
	}

	/**
	 * A UUID may lack its hyphens; other identifiers must not be part of a longer word.
	 */
	private static String form(String identifier) {
		if (InventedText.UUID_FORM.matcher(identifier).matches()) {
			return identifier.replace("-", "-?");
		}
		return "(?<![A-Za-z0-9_-])" + Pattern.quote(identifier) + "(?![A-Za-z0-9_-])";
	}

	private static void find(String kind, String text, String form, Set<String> readings, List<String> found) {
		Pattern pattern = Pattern.compile(form, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
		for (String reading : readings) {
			Matcher matcher = pattern.matcher(reading);
			if (matcher.find()) {
				found.add("%s '%s' in …%s…".formatted(kind, text,
						reading
							.substring(Math.max(0, matcher.start() - CONTEXT),
									Math.min(reading.length(), matcher.end() + CONTEXT))
							.strip()));
				return;
			}
		}
	}

	/** Collect all decoded forms of a text. */
	private static void collect(String text, int depth, Set<String> readings) {
		if (text.isEmpty() || !readings.add(text) || depth == 0) {
			return;
		}
		collect(HtmlUtils.htmlUnescape(text), depth - 1, readings);
		collect(percentDecoded(text), depth - 1, readings);
		collect(jsonUnescaped(text), depth - 1, readings);
		for (Pattern alphabet : BASE64) {
			Matcher encoded = alphabet.matcher(text);
			while (encoded.find()) {
				collect(base64Decoded(encoded.group()), depth - 1, readings);
			}
		}
	}

	private static String percentDecoded(String text) {
		try {
			return UriUtils.decode(text, StandardCharsets.UTF_8).replace('+', ' ');
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	/**
	 * Escapes are decoded wherever they occur, because a body can consist of several JSON
	 * texts, or of a part of one: lines, events, a stream without an end.
	 */
	private static String jsonUnescaped(String text) {
		return JSON_ESCAPE.matcher(text).replaceAll((escape) -> Matcher.quoteReplacement(unescaped(escape.group(1))));
	}

	private static String unescaped(String escape) {
		return switch (escape.charAt(0)) {
			case 'u' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
			case '"', '\\', '/' -> escape;
			default -> " ";
		};
	}

	private static String base64Decoded(String text) {
		try {
			byte[] decoded = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
			String reading = new String(decoded, StandardCharsets.UTF_8);
			return UNPRINTABLE.matcher(reading).find() ? "" : reading;
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
