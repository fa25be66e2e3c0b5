package dev.authstarter.access.inventory;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * An object of an optional library. Its public methods are called by their names, in
 * Spring's expression language.
 */
public final class ForeignObject {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private ForeignObject() {
	}

	public static <T> @Nullable T read(Object object, String expression, Class<T> type) {
		return PARSER.parseExpression(expression).getValue(object, type);
	}

}
