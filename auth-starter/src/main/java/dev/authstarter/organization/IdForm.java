package dev.authstarter.organization;

import java.util.regex.Pattern;

/**
 * Distinguishes names of organizations from ids by the form of ids that identity
 * providers issue.
 */
final class IdForm {

	/** A word before the id, a number, or a UUID anywhere. */
	private static final Pattern FORM = Pattern
		.compile("(?is)(org|organi[sz]ation|tenant|team|workspace|account|company|customer)[_:-].+|[0-9]+"
				+ "|.*[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}.*");

	private IdForm() {
	}

	/**
	 * Return whether a name could be the id of another organization.
	 * @param name the name
	 * @param id the id of the organization that has the name. If it looks like a name
	 * itself, so may the ids of others.
	 * @return whether the name cannot be distinguished from an id
	 */
	static boolean isAmbiguous(String name, String id) {
		return FORM.matcher(name).matches() || !FORM.matcher(id).matches();
	}

}
