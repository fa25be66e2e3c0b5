package dev.authstarter.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports which {@code auth-starter} property does not exist, and which was probably
 * meant. Never shows the value, which may be a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<String> descriptions = new ArrayList<>();
		List<String> actions = new ArrayList<>();
		for (ConfigurationProperty property : cause.getUnboundProperties()) {
			String name = property.getName().toString();
			if (!name.startsWith(PropertyNames.PREFIX)) {
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
		String parent = name.substring(0, name.lastIndexOf('.') + 1);
		return PropertyNames.like(name)
			.stream()
			.min(Comparator.<String, Boolean>comparing((candidate) -> !candidate.startsWith(parent))
				.thenComparingInt((candidate) -> distance(candidate, name)))
			.orElseThrow();
	}

	/** The Levenshtein distance. */
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
