package dev.authstarter.test.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A condition of a predicate, to be made true: {@code claim}, {@code !claim},
 * {@code claim=glob} or {@code claim!=glob}.
 *
 * @param path the location of the value
 * @param header whether the value is in the JOSE header
 * @param negated whether the value must be absent, or must not match
 * @param value the required value, or {@code null} for any value
 */
record ClaimCondition(ClaimPath path, boolean header, boolean negated, @Nullable String value) {

	private static final String HEADER = "header:";

	static List<ClaimCondition> parse(String predicate, String audience) {
		List<ClaimCondition> conditions = new ArrayList<>();
		for (String condition : predicate.split(" & ", -1)) {
			conditions.add(parseOne(condition, audience));
		}
		return List.copyOf(conditions);
	}

	private static ClaimCondition parseOne(String condition, String audience) {
		boolean absent = condition.startsWith("!");
		int equals = condition.indexOf('=');
		boolean differs = equals > 0 && condition.charAt(equals - 1) == '!';
		int end = (equals < 0) ? condition.length() : equals - (differs ? 1 : 0);
		String claim = condition.substring(absent ? 1 : 0, end);
		boolean header = claim.startsWith(HEADER);
		return new ClaimCondition(ClaimPath.parse(header ? claim.substring(HEADER.length()) : claim, audience), header,
				absent || differs, (equals >= 0) ? condition.substring(equals + 1) : null);
	}

	/** Return the name of a required claim, or {@code null}. */
	@Nullable String neededClaim() {
		return (!this.header && !this.negated) ? this.path.literal() : null;
	}

	/** Return whether there is no value at the location. */
	boolean isSilent(Draft draft) {
		String literal = this.path.literal();
		return literal == null || members(draft).get(literal) == null;
	}

	/**
	 * Try to make the condition true. The result is checked later, when the token is
	 * read.
	 * @param draft the token
	 * @param clientId the value of <code>{client-id}</code>
	 * @param anything the value to write if any value is accepted
	 */
	void satisfy(Draft draft, String clientId, Object anything) {
		if (this.negated && this.value == null) {
			remove(draft);
		}
		else if (!this.negated && (this.value != null || isSilent(draft))) {
			write(draft, (this.value != null) ? this.value.replace("{client-id}", clientId).replace("*", "forged")
					: anything);
		}
	}

	/** Write a value to an unused location. */
	void write(Draft draft, Object value) {
		this.path.write(members(draft), Map.of(), value);
	}

	/** Replace the value. */
	void replace(Draft draft, Object value) {
		remove(draft);
		write(draft, value);
	}

	void remove(Draft draft) {
		if (this.path.segments().get(0) instanceof ClaimPath.Segment.Member claim) {
			members(draft).remove(claim.name());
		}
	}

	private Map<String, @Nullable Object> members(Draft draft) {
		return this.header ? draft.header() : draft.claims();
	}

}
