package dev.authstarter.selector;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Selects values in a token's claims: by the literal name of one claim, or by a path that
 * starts with a slash (RFC 6901 with {@code *} and captures). Parsed once; immutable.
 */
public final class Selector {

	private final String text;

	private final @Nullable String literal;

	private final Step first;

	private final List<String> names;

	private final Set<Capture> captures;

	/**
	 * Create the parsed form; for the parser.
	 * @param text as configured
	 * @param literal the claim's name, or {@code null} for a path
	 * @param first the first step
	 * @param names the literal names on the path, the claim's first
	 * @param captures the captures of the path
	 */
	Selector(String text, @Nullable String literal, Step first, List<String> names, Set<Capture> captures) {
		this.text = text;
		this.literal = literal;
		this.first = first;
		this.names = List.copyOf(names);
		this.captures = Set.copyOf(captures);
	}

	/**
	 * Parse selectors.
	 * @param texts as configured
	 * @param audiences the audiences of this API: a path with <code>{audience}</code>
	 * becomes one selector for each
	 * @param allowed the captures that the paths may contain
	 * @return the selectors, in order and without repetition
	 * @throws InvalidSelectorException if one is invalid
	 */
	public static List<Selector> parse(List<String> texts, Collection<String> audiences, Capture... allowed) {
		Set<Capture> captures = EnumSet.noneOf(Capture.class);
		captures.addAll(List.of(allowed));
		List<Selector> selectors = new java.util.ArrayList<>();
		for (String text : new LinkedHashSet<>(texts)) {
			if (SelectorParser.namesAudience(text)) {
				// Validates the syntax also for an API without an audience.
				new SelectorParser(text, "audience", captures).parse();
				audiences.forEach((audience) -> selectors.add(new SelectorParser(text, audience, captures).parse()));
			}
			else {
				selectors.add(new SelectorParser(text, "", captures).parse());
			}
		}
		return List.copyOf(selectors);
	}

	/**
	 * Find the selected values.
	 * @param claims the claims
	 * @param matches receives each value
	 */
	public void find(Map<String, Object> claims, MatchConsumer matches) {
		this.first.walk(claims, null, Binding.NONE, matches);
	}

	/**
	 * Return the claim's name if this is a literal name.
	 * @return the name, or {@code null} for a path
	 */
	public @Nullable String literal() {
		return this.literal;
	}

	/**
	 * Return the literal names on the path, the claim's name first.
	 * @return at least one name
	 */
	public List<String> names() {
		return this.names;
	}

	/** Return whether this is a path to a whole claim: {@code /admin}. */
	public boolean isPathToClaim() {
		return this.literal == null && this.first instanceof Step.Name claim && claim.next() instanceof Step.End;
	}

	public boolean binds(Capture capture) {
		return this.captures.contains(capture);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
