package dev.authstarter.refusal;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.configuration.AccessRuleException;

/**
 * The reasons for refusals of this API: those of the library, and those that the
 * application declares as beans.
 */
public final class Reasons {

	/** The name in metrics of reasons that the application has not declared. */
	public static final String OTHER = "other";

	private final Set<Reason> all;

	/**
	 * Add reasons to those of the library.
	 * @param own the reasons of the application
	 * @throws AccessRuleException if two of them have the same code
	 */
	public Reasons(List<Reason> own) {
		Set<Reason> reasons = new LinkedHashSet<>(Reason.builtIn());
		for (Reason reason : own) {
			if (Reason.builtIn().contains(reason)) {
				// A bean that is one of the constants changes nothing.
				continue;
			}
			if (!reasons.add(reason)) {
				throw new AccessRuleException(
						"Two Reason beans have the code '%s', so clients could not distinguish their refusals."
							.formatted(reason.code()),
						"Give each reason a code of its own, or declare it once.");
			}
		}
		this.all = Collections.unmodifiableSet(reasons);
	}

	/**
	 * Return the name of a reason in metrics. The number of names is bounded.
	 * @param reason any reason
	 * @return its code, or {@code other} if the application has not declared it
	 */
	public String nameOf(Reason reason) {
		return this.all.contains(reason) ? reason.code() : OTHER;
	}

	/**
	 * Return all reasons.
	 * @return the reasons, those of the library first
	 */
	public List<Reason> all() {
		return List.copyOf(this.all);
	}

}
