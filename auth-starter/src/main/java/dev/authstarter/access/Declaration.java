package dev.authstarter.access;

/**
 * What a method says about its callers.
 *
 * @param rule the rule, {@link Rule#NONE} if it says nothing, {@link Rule#STOCK} if
 * Spring Security decides
 * @param text the same for people
 */
record Declaration(Rule rule, String text) {

	static final Declaration NONE = new Declaration(Rule.NONE, "");

}
