package dev.authstarter.access.declaration;

import dev.authstarter.access.Rule;

/**
 * What a method declares about its callers.
 *
 * @param rule the rule, {@link Rule#NONE} if it declares nothing, {@link Rule#STOCK} if
 * Spring Security decides
 * @param text the same as a text for reports
 */
public record Declaration(Rule rule, String text) {

	public static final Declaration NONE = new Declaration(Rule.NONE, "");

}
