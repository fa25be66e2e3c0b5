package dev.authstarter.claims;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

import org.jspecify.annotations.Nullable;

/**
 * The values of a claim: text as it is, a list's texts, nothing for anything else.
 */
final class Values {

	private Values() {
	}

	static Set<String> of(@Nullable Object claim) {
		Set<String> values = new LinkedHashSet<>();
		for (Object value : (claim instanceof List<?> list) ? list : (claim != null) ? List.of(claim) : List.of()) {
			if (value instanceof String text && !text.isBlank()) {
				values.add(text);
			}
		}
		return values;
	}

	static Set<String> split(String text) {
		Set<String> values = new LinkedHashSet<>();
		StringTokenizer words = new StringTokenizer(text, " ");
		while (words.hasMoreTokens()) {
			values.add(words.nextToken());
		}
		return values;
	}

}
