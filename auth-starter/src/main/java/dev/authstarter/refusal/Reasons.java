package dev.authstarter.refusal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.configuration.AccessRuleException;

/**
 * The reasons that this API refuses for: those of the library, and those that the
 * application declares as beans.
 */
public final class Reasons {

	private final List<Reason> all;

	/**
	 * Add reasons to those of the library.
	 * @param own the reasons of the application
	 * @throws AccessRuleException if two of them have the same code
	 */
	public Reasons(List<Reason> own) {
		Set<Reason> seen = new HashSet<>();
		for (Reason reason : own) {
			if (!seen.add(reason)) {
				throw new AccessRuleException(
						"Two beans are reasons with the code '%s', so that their refusals could not be told apart."
							.formatted(reason.code()),
						"Give each reason a code of its own, or declare it once.");
			}
		}
		List<Reason> reasons = new ArrayList<>(Reason.builtIn());
		reasons.addAll(own);
		this.all = List.copyOf(reasons);
	}

	/**
	 * Return all reasons.
	 * @return first those of the library
	 */
	public List<Reason> all() {
		return this.all;
	}

}
