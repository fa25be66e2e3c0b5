package dev.authstarter.access.interception;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the rules of methods that return before they work, and where the caller is
 * known only when what they return is subscribed.
 */
public interface DeferredCalls {

	/**
	 * Tell whether a method is one of them.
	 * @param method the method
	 * @return whether it is
	 */
	boolean defers(Method method);

	/**
	 * Call a method once its caller is known and has been held to the rule.
	 * @param method the method, as its class declares it
	 * @param invocation the call
	 * @param check throws where the current caller does not fulfil the rule
	 * @return what the method returns, with the check before it
	 */
	@Nullable Object proceed(Method method, MethodInvocation invocation, Runnable check);

}
