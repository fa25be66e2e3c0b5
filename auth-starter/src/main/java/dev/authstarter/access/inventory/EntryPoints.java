package dev.authstarter.access.inventory;

import java.util.List;

/**
 * A kind of entry points, found by evidence in the context.
 */
@FunctionalInterface
interface EntryPoints {

	/**
	 * Find them. Called once, when all singletons exist.
	 * @return the entry points, in any order
	 * @throws dev.authstarter.configuration.AccessRuleException if one declares a rule
	 * that would not be enforced
	 */
	List<EntryPoint> find();

}
