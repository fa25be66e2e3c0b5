package dev.authstarter.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which {@code auth-starter} property does not exist, and which was probably meant.
 * Never its value: that of a misspelt secret is one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	private static final String PREFIX = "auth-starter";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<String> descriptions = new ArrayList<>();
		List<String> actions = new ArrayList<>();
		for (ConfigurationProperty property : cause.getUnboundProperties()) {
			String name = property.getName().toString();
			if (!name.startsWith(PREFIX)) {
				return null;
			}
			descriptions
				.add("The property '%s' (originating from '%s') does not exist.".formatted(name, property.getOrigin()));
			actions.add("Did you mean '%s'? Rename or remove '%s'.".formatted(nearest(name), name));
		}
		return new FailureAnalysis(String.join("%n".formatted(), descriptions), String.join("%n".formatted(), actions),
				cause);
	}

	private static String nearest(String name) {
		List<String> known = new ArrayList<>();
		collect(PREFIX, AuthStarterProperties.class, name, known);
		String parent = name.substring(0, name.lastIndexOf('.') + 1);
		return known.stream()
			.min(Comparator.<String, Boolean>comparing((candidate) -> !candidate.startsWith(parent))
				.thenComparingInt((candidate) -> distance(candidate, name)))
			.orElseThrow();
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

	/** Levenshtein's: how many letters to insert, remove or replace. */
	private static int distance(String left, String right) {
		int[] row = new int[right.length() + 1];
		Arrays.setAll(row, (i) -> i);
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int replaced = diagonal + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
			}
		}
		return row[right.length()];
	}

}
