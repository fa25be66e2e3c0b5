package dev.authstarter.access.inventory;

import java.util.List;

/**
 * Finds the entry points of one kind in the application context.
 */
@FunctionalInterface
interface EntryPoints {

	/**
	 * Find the entry points. Called once, after all singletons have been created.
	 * @return the entry points, in any order
	 * @throws dev.authstarter.configuration.AccessRuleException if one declares a rule
	 * that would not be enforced
	 */
	List<EntryPoint> find();

}
