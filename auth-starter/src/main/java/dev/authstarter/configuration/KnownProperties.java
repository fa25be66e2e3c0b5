package dev.authstarter.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of all properties.
 */
final class KnownProperties {

	static final String PREFIX = "auth-starter";

	private KnownProperties() {
	}

	/**
	 * Return the names of properties, those of issuers and of elements of lists as the
	 * given name has them.
	 */
	static List<String> like(String name) {
		List<String> known = new ArrayList<>();
		collect(PREFIX, AuthStarterProperties.class, name, known);
		return known;
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
