package dev.authstarter.access.interception;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the rules of methods that return a publisher, or suspend: the caller is known
 * only when the publisher is subscribed.
 */
public interface DeferredCalls {

	/**
	 * Return whether a method is one of them.
	 * @param method the method
	 * @return whether it is
	 */
	boolean defers(Method method);

	/**
	 * Call a method and enforce its rule as soon as the caller is known.
	 * @param method the method, as its class declares it
	 * @param invocation the call
	 * @param check throws an exception if the current caller does not fulfil the rule
	 * @return what the method returns, after the check
	 */
	@Nullable Object proceed(Method method, MethodInvocation invocation, Runnable check);

}
