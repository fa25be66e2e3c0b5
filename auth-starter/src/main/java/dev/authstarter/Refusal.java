package dev.authstarter;

import java.io.Serializable;
import java.util.List;

/**
 * A refusal as a value: why, and what would have been needed.
 *
 * @param reason why
 * @param required what the handler demands of every caller, for example the names of the
 * scopes it needs; empty where nothing can be named. Never what the caller has.
 */
public record Refusal(Reason reason, List<String> required) implements Serializable {

	/**
	 * Copy the list.
	 */
	public Refusal {
		required = List.copyOf(required);
	}

	/**
	 * A refusal that names nothing.
	 * @param reason why
	 * @return the refusal
	 */
	public static Refusal of(Reason reason) {
		return new Refusal(reason, List.of());
	}

}
