package dev.authstarter.access.declaration;

import dev.authstarter.access.Rule;

/**
 * What a method says about its callers.
 *
 * @param rule the rule, {@link Rule#NONE} if it says nothing, {@link Rule#STOCK} if
 * Spring Security decides
 * @param text the same for people
 */
public record Declaration(Rule rule, String text) {

	public static final Declaration NONE = new Declaration(Rule.NONE, "");

}
