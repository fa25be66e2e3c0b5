package dev.authstarter.access.declaration;

import java.util.Map;

import dev.authstarter.access.HandlerDescription;

/**
 * What annotations on methods of handlers and of other beans require of callers.
 */
public interface DeclaredDemands {

	/**
	 * Return the requirements that have been read so far. After start-up, only those of
	 * beans that are created later are missing.
	 * @return the requirements by class and method name
	 */
	Map<String, HandlerDescription.Demands> demands();

}
