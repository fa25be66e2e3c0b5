package dev.authstarter.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of all properties, and their environment variables.
 */
public final class PropertyNames {

	/** The common prefix, without the dot. */
	public static final String PREFIX = "auth-starter";

	/** An issuer whose name is not written in lower-case letters and digits alone. */
	private static final Pattern SPELLED_ISSUER = Pattern
		.compile("auth-starter\\.issuers\\.(?![a-z0-9]+\\.)[^.]+\\..+");

	private PropertyNames() {
	}

	/**
	 * Return the names of properties, those of issuers and of elements of lists as the
	 * given name has them.
	 * @param name a name, whether it exists or not
	 * @return the names, in dashed form
	 */
	public static List<String> like(String name) {
		List<String> known = new ArrayList<>();
		collect(PREFIX, AuthStarterProperties.class, name, known);
		return known;
	}

	/**
	 * Return the variable that sets a property: dots become underscores, dashes are left
	 * out, and the number of an element stands between underscores. The issuer
	 * {@code our-staff} would become a second one, {@code ourstaff}, by that spelling.
	 * Spring Boot's older one, with an underscore for each dash, sets what another source
	 * has named.
	 * @param property the full name, in dashed form
	 * @return the name of the variable
	 */
	public static String variable(String property) {
		String dash = SPELLED_ISSUER.matcher(property).matches() ? "_" : "";
		return property.replace("-", dash)
			.replace('.', '_')
			.replace('[', '_')
			.replace("]", "")
			.toUpperCase(Locale.ROOT);
	}

	private static void collect(String prefix, Class<?> type, String name, List<String> known) {
		for (RecordComponent component : type.getRecordComponents()) {
			String path = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				collect(path, component.getType(), name, known);
			}
			else if (component.getType() == Map.class && name.startsWith(path + ".")) {
				int end = name.indexOf('.', path.length() + 1);
				collect((end > 0) ? name.substring(0, end) : name, AuthStarterProperties.Issuer.class, name, known);
			}
			else if (name.startsWith(path + "[") && component.getGenericType() instanceof ParameterizedType list
					&& list.getActualTypeArguments()[0] instanceof Class<?> element && element.isRecord()) {
				collect(name.substring(0, name.indexOf(']') + 1), element, name, known);
			}
			else {
				known.add(path);
			}
		}
	}

}
