package dev.authstarter;

import java.io.Serializable;
import java.util.List;

/**
 * A refusal: its reason and what the handler requires.
 *
 * @param reason the reason
 * @param required what the handler requires of every caller, for example the names of
 * scopes; empty if there is nothing to name. Never contains what the caller has.
 */
public record Refusal(Reason reason, List<String> required) implements Serializable {

	public Refusal {
		required = List.copyOf(required);
	}

	/**
	 * Create a refusal without required names.
	 * @param reason the reason
	 * @return the refusal
	 */
	public static Refusal of(Reason reason) {
		return new Refusal(reason, List.of());
	}

}
