package dev.authstarter.access.inventory;

import java.util.List;

/**
 * A kind of entry points, found by evidence in the context.
 */
@FunctionalInterface
interface EntryPoints {

	/**
	 * Find them. Asked once, when all singletons exist.
	 * @return what was found, in any order
	 * @throws dev.authstarter.configuration.AccessRuleException if one declares a rule
	 * that nobody would enforce
	 */
	List<EntryPoint> find();

}
