package dev.authstarter.configuration;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How properties are spelled as environment variables.
 */
final class EnvironmentVariable {

	/** An issuer whose name is not written in lower-case letters and digits alone. */
	private static final Pattern SPELLED_ISSUER = Pattern
		.compile("auth-starter\\.issuers\\.(?![a-z0-9]+\\.)[^.]+\\..+");

	private EnvironmentVariable() {
	}

	/**
	 * Return the variable that sets a property: dots become underscores, dashes are left
	 * out, and the number of an element stands between underscores. The issuer
	 * {@code our-staff} would become a second one, {@code ourstaff}, by that spelling.
	 * Spring Boot's older one, with an underscore for each dash, sets what another source
	 * has named.
	 */
	static String of(String property) {
		String dash = SPELLED_ISSUER.matcher(property).matches() ? "_" : "";
		return property.replace("-", dash)
			.replace('.', '_')
			.replace('[', '_')
			.replace("]", "")
			.toUpperCase(Locale.ROOT);
	}

}
