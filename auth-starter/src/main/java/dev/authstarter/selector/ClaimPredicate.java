package dev.authstarter.selector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A test of a token's claims and header in one line: {@code claim}, {@code !claim},
 * {@code claim=glob}, {@code claim!=glob}, joined by {@code &}. Parsed once; immutable.
 */
public final class ClaimPredicate {

	private static final String AND = " & ";

	private static final String HEADER = "header:";

	private final String text;

	private final Condition[] conditions;

	private ClaimPredicate(String text, Condition[] conditions) {
		this.text = text;
		this.conditions = conditions;
	}

	/**
	 * Parse a predicate.
	 * @param text the predicate
	 * @param audiences the audiences of this API
	 * @return the predicate
	 * @throws InvalidSelectorException if it is invalid
	 */
	public static ClaimPredicate parse(String text, Collection<String> audiences) {
		List<Condition> conditions = new ArrayList<>();
		int start = 0;
		while (start <= text.length()) {
			int and = text.indexOf(AND, start);
			int end = (and >= 0) ? and : text.length();
			conditions.add(parseCondition(text, start, end, audiences));
			start = (and >= 0) ? and + AND.length() : text.length() + 1;
		}
		return new ClaimPredicate(text, conditions.toArray(Condition[]::new));
	}

	public static List<ClaimPredicate> parse(List<String> texts, Collection<String> audiences) {
		return texts.stream().map((text) -> parse(text, audiences)).toList();
	}

	private static Condition parseCondition(String text, int start, int end, Collection<String> audiences) {
		String condition = text.substring(start, end);
		boolean absent = condition.startsWith("!");
		int equals = condition.indexOf('=');
		boolean differs = equals > 0 && condition.charAt(equals - 1) == '!';
		if (absent && equals >= 0) {
			throw new InvalidSelectorException(text, start, "'!claim' takes no value, write 'claim!=value'");
		}
		String claim = condition.substring(absent ? 1 : 0,
				(equals < 0) ? condition.length() : equals - (differs ? 1 : 0));
		boolean header = claim.startsWith(HEADER);
		String selector = header ? claim.substring(HEADER.length()) : claim;
		if (!selector.equals(selector.strip())) {
			throw new InvalidSelectorException(text, start, "a claim's name must not have blanks around it");
		}
		int position = start + (absent ? 1 : 0) + (header ? HEADER.length() : 0);
		if (selector.isEmpty()) {
			throw new InvalidSelectorException(text, position, "a claim's name is expected");
		}
		try {
			Glob value = (equals < 0) ? null : Glob.parse(condition.substring(equals + 1));
			Selector[] selectors = Selector.parse(List.of(selector), audiences).toArray(Selector[]::new);
			return new Condition(selectors, header, absent || differs, value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSelectorException(text, start + equals + 1, String.valueOf(ex.getMessage()));
		}
	}

	public static boolean anyMatch(ClaimPredicate[] predicates, Map<String, Object> header, Map<String, Object> claims,
			@Nullable String clientId) {
		for (ClaimPredicate predicate : predicates) {
			if (predicate.matches(header, claims, clientId)) {
				return true;
			}
		}
		return false;
	}

	public boolean matches(Map<String, Object> header, Map<String, Object> claims, @Nullable String clientId) {
		for (Condition condition : this.conditions) {
			if (!condition.matches(condition.header ? header : claims, clientId)) {
				return false;
			}
		}
		return true;
	}

	/** Return whether this tests a claim for a value or for its presence. */
	public boolean tests(String claim) {
		for (Condition condition : this.conditions) {
			if (!condition.header && !condition.negated && claim.equals(condition.selectors[0].literal())) {
				return true;
			}
		}
		return false;
	}

	/** Return whether this requires a claim to be present. */
	public boolean restsOnPresence() {
		for (Condition condition : this.conditions) {
			if (!condition.negated) {
				return true;
			}
		}
		return false;
	}

	/** Return whether this requires a claim to be absent. */
	public boolean restsOnAbsence() {
		for (Condition condition : this.conditions) {
			if (condition.negated && condition.value == null) {
				return true;
			}
		}
		return false;
	}

	/** Return whether this reads a claim that users of some provider can write. */
	public boolean isUserEditable() {
		for (Condition condition : this.conditions) {
			for (Selector selector : condition.selectors) {
				if (!condition.header && UserEditableClaims.contain(selector)) {
					return true;
				}
			}
		}
		return false;
	}

	public static boolean anyNamesClient(ClaimPredicate[] predicates) {
		for (ClaimPredicate predicate : predicates) {
			if (predicate.namesClient()) {
				return true;
			}
		}
		return false;
	}

	private boolean namesClient() {
		for (Condition condition : this.conditions) {
			if (condition.value != null && condition.value.namesClient()) {
				return true;
			}
		}
		return false;
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * One condition.
	 *
	 * @param selectors the selectors of the claim; several if the API has several
	 * audiences
	 * @param header whether the JOSE header is read
	 * @param negated whether no value may match
	 * @param value the value to match, or {@code null} for any that is not empty
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared, private to this class
	private record Condition(Selector[] selectors, boolean header, boolean negated, @Nullable Glob value) {

		boolean matches(Map<String, Object> members, @Nullable String clientId) {
			if (this.value != null && this.value.namesClient() && clientId == null) {
				// There is no client id to compare with.
				return false;
			}
			for (Selector selector : this.selectors) {
				if (isFound(selector, members, clientId)) {
					return !this.negated;
				}
			}
			return this.negated;
		}

		private boolean isFound(Selector selector, Map<String, Object> members, @Nullable String clientId) {
			String literal = selector.literal();
			if (literal != null) {
				return isMet(members.get(literal), clientId);
			}
			boolean[] met = new boolean[1];
			selector.find(members, (binding, member, value) -> met[0] |= isMet(value, clientId));
			return met[0];
		}

		private boolean isMet(@Nullable Object value, @Nullable String clientId) {
			if (this.value == null) {
				return JsonValues.isPresent(value);
			}
			if (value instanceof Collection<?> list) {
				for (Object element : list) {
					if (equalsValue(this.value, element, clientId)) {
						return true;
					}
				}
				return false;
			}
			return equalsValue(this.value, value, clientId);
		}

		private static boolean equalsValue(Glob glob, @Nullable Object value, @Nullable String clientId) {
			if (value instanceof String text) {
				return glob.matches(text, clientId);
			}
			return (value instanceof Boolean || JsonValues.isInteger(value))
					&& glob.matches(String.valueOf(value), clientId);
		}

	}

}
