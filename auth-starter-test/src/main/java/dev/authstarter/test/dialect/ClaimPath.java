package dev.authstarter.test.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The inverse of a selector: writes a value to the location from which the application
 * reads it. The application's own parser has already validated the selector.
 *
 * @param text the selector
 * @param segments its segments, the claim's name first
 */
record ClaimPath(String text, List<Segment> segments) {

	static final String ORGANIZATION = "org";

	/**
	 * Parse a selector.
	 * @param text the selector
	 * @param audience the value of <code>{audience}</code>
	 */
	static ClaimPath parse(String text, String audience) {
		if (!text.startsWith("/")) {
			return new ClaimPath(text, List.of(new Segment.Member(text)));
		}
		List<Segment> segments = new ArrayList<>();
		for (String segment : text.substring(1).split("/", -1)) {
			segments.add(Segment.parse(segment, audience));
		}
		return new ClaimPath(text, List.copyOf(segments));
	}

	/** Return the claim's name if the selector is only a name, or {@code null}. */
	@Nullable String literal() {
		return (this.segments.size() == 1 && this.segments.get(0) instanceof Segment.Member member) ? member.name()
				: null;
	}

	boolean binds(String capture) {
		return this.segments.stream().anyMatch((segment) -> segment.binds(capture));
	}

	/**
	 * Write a value to its location, in addition to existing values. Nothing is written
	 * if the location is occupied.
	 * @param claims the claims
	 * @param bound the values of the captures
	 * @param value the value, or {@code null} if a capture contains it
	 * @throws OccupiedException if another value is at the location
	 */
	void write(Map<String, @Nullable Object> claims, Map<String, String> bound, @Nullable Object value) {
		claims.putAll(members(put(claims, 0, bound, value)));
	}

	/**
	 * Return a copy of a node that contains the value. The node itself does not change.
	 */
	private @Nullable Object put(@Nullable Object node, int index, Map<String, String> bound, @Nullable Object value) {
		if (index == this.segments.size()) {
			return merge(node, value);
		}
		boolean last = index == this.segments.size() - 1;
		Segment segment = this.segments.get(index);
		if (segment instanceof Segment.Every) {
			List<@Nullable Object> list = list(node);
			List<?> values = (value instanceof List<?> several) ? several : Collections.singletonList(value);
			values.forEach((each) -> list.add(put(null, index + 1, bound, each)));
			return list;
		}
		if (segment instanceof Segment.Entry entry) {
			List<@Nullable Object> list = list(node);
			int position = entry.position(list, bound);
			list.set(position, put(list.get(position), index + 1, bound, value));
			return list;
		}
		if (segment instanceof Segment.Names names && last && !names.areMembersOf(node)) {
			List<@Nullable Object> list = list(node);
			list.add(names.text(bound));
			return list;
		}
		String name = segment.text(bound);
		Map<String, @Nullable Object> members = members(node);
		members.put(name, (last && value == null) ? members.getOrDefault(name, new LinkedHashMap<String, Object>())
				: put(members.get(name), index + 1, bound, value));
		return members;
	}

	private @Nullable Object merge(@Nullable Object node, @Nullable Object value) {
		if (node == null || node.equals(value)) {
			return value;
		}
		if (node instanceof List<?> && value instanceof List<?> more) {
			List<@Nullable Object> list = list(node);
			more.stream().filter((each) -> !list.contains(each)).forEach(list::add);
			return list;
		}
		if (value == null) {
			return node;
		}
		throw new OccupiedException();
	}

	private List<@Nullable Object> list(@Nullable Object node) {
		List<@Nullable Object> list = new ArrayList<>();
		if (node instanceof List<?> elements) {
			list.addAll(elements);
		}
		else if (node instanceof String text) {
			list.add(text);
		}
		else if (node != null) {
			throw new OccupiedException();
		}
		return list;
	}

	private static Map<String, @Nullable Object> members(@Nullable Object node) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		if (node instanceof Map<?, ?> members) {
			members.forEach((name, value) -> copy.put(String.valueOf(name), value));
		}
		else if (node != null) {
			throw new OccupiedException();
		}
		return copy;
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * Another value is at the location.
	 */
	static final class OccupiedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

	/**
	 * A segment of a selector.
	 */
	sealed interface Segment {

		private static Segment parse(String segment, String audience) {
			if (segment.equals("*")) {
				return new Every();
			}
			int colon = segment.indexOf(':');
			if (segment.startsWith("{") && colon > 0 && segment.indexOf('}') == segment.length() - 1) {
				return new Entry(segment.substring(1, colon),
						unescape(segment.substring(colon + 1, segment.length() - 1)));
			}
			String known = segment.replace("{audience}", audience.replace("~", "~0").replace("/", "~1"));
			return (segment.replace("{audience}", "").indexOf('{') >= 0) ? new Names(known)
					: new Member(unescape(known));
		}

		private static String unescape(String text) {
			return text.replace("~1", "/").replace("~0", "~");
		}

		default boolean binds(String capture) {
			return false;
		}

		/** Return the text that is written for this segment. */
		default String text(Map<String, String> bound) {
			throw new OccupiedException();
		}

		/**
		 * A member of an object.
		 *
		 * @param name its name
		 */
		record Member(String name) implements Segment {

			@Override
			public String text(Map<String, String> bound) {
				return this.name;
			}

		}

		/**
		 * Every element.
		 */
		record Every() implements Segment {

		}

		/**
		 * A name with captures in it.
		 *
		 * @param pattern the name as configured, its captures in braces
		 */
		record Names(String pattern) implements Segment {

			@Override
			public boolean binds(String capture) {
				return this.pattern.contains("{" + capture + "}");
			}

			@Override
			public String text(Map<String, String> bound) {
				String text = unescape(this.pattern.replaceAll("\\{\\w+\\}", "\u0000$0\u0000"));
				for (Map.Entry<String, String> capture : bound.entrySet()) {
					text = text.replace("\u0000{" + capture.getKey() + "}\u0000", capture.getValue());
				}
				if (text.indexOf('\u0000') >= 0) {
					throw new OccupiedException();
				}
				return text;
			}

			/**
			 * Providers write an organization as a member of an object, which can hold
			 * more, and all other values as elements of a list, unless there is an object
			 * already.
			 */
			boolean areMembersOf(@Nullable Object node) {
				return node instanceof Map<?, ?> || (node == null && this.pattern.equals("{org}"));
			}

		}

		/**
		 * An element that contains its name.
		 *
		 * @param capture the capture that the name is bound to
		 * @param name the member that holds the name
		 */
		record Entry(String capture, String name) implements Segment {

			@Override
			public boolean binds(String other) {
				return this.capture.equals(other);
			}

			/** Find or add the element. */
			private int position(List<@Nullable Object> list, Map<String, String> bound) {
				String text = bound.get(this.capture);
				for (int i = 0; i < list.size(); i++) {
					if (list.get(i) instanceof Map<?, ?> element && text != null
							&& text.equals(element.get(this.name))) {
						return i;
					}
				}
				Map<String, @Nullable Object> element = new LinkedHashMap<>();
				element.put(this.name, text);
				list.add(element);
				return list.size() - 1;
			}

		}

	}

}
