package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variable of a path pattern.
 *
 * @param name its name
 * @param before the text of the pattern before it
 * @param last whether the pattern has no segment after it
 */
record PatternVariable(String name, String before, boolean last) {

	/** A variable with or without a constraint, which may contain braces. */
	private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([A-Za-z_$][\\w$-]*)(?=[:}])");

	private static final String ORGANIZATION = "(org|orga|organi[sz]ation|tenant|company|workspace)";

	private static final Pattern NAMES_ORGANIZATION = Pattern
		.compile("(.*_)?" + ORGANIZATION + "_?(id|uuid|guid|key|slug|name|code|ref|identifier)?");

	private static final Pattern LISTS_ORGANIZATIONS = Pattern
		.compile("(.*[/_-])?(orgs?|organi[sz]ations?|tenants?|company|companies|workspaces?)/");

	private static final Pattern BARE = Pattern.compile("id|uuid|guid|key|slug|name|code|ref|identifier");

	/**
	 * List the variables of a pattern.
	 * @param pattern the pattern
	 * @return its variables from left to right
	 */
	static List<PatternVariable> of(String pattern) {
		List<PatternVariable> variables = new ArrayList<>();
		Matcher matcher = VARIABLE.matcher(pattern);
		while (matcher.find()) {
			variables.add(new PatternVariable(matcher.group(1), pattern.substring(0, matcher.start()),
					pattern.indexOf('/', matcher.end()) < 0));
		}
		return variables;
	}

	/**
	 * Return whether it looks like the identifier of an organization, by its name or by
	 * the segment before it.
	 */
	boolean looksLikeOrganization() {
		String words = this.name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|-", "_").toLowerCase(Locale.ROOT);
		return NAMES_ORGANIZATION.matcher(words).matches() || (BARE.matcher(words).matches()
				&& LISTS_ORGANIZATIONS.matcher(this.before.toLowerCase(Locale.ROOT)).matches());
	}

	/**
	 * Return whether it is the end of the path and has a general name such as {@code id}.
	 */
	boolean isBareEnd() {
		return this.last && BARE.matcher(this.name.toLowerCase(Locale.ROOT)).matches();
	}

}
