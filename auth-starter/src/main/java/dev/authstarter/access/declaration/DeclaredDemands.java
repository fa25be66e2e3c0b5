package dev.authstarter.access.declaration;

import java.util.Map;

import dev.authstarter.access.HandlerDescription;

/**
 * What annotations on methods demand of their callers, of handlers and of other beans.
 */
public interface DeclaredDemands {

	/**
	 * List what has been read so far; when the application has started, that is
	 * everything but rules of beans that are made later.
	 * @return by class and method, for people, what each demands
	 */
	Map<String, HandlerDescription.Demands> demands();

}
