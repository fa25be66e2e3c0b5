package dev.authstarter.servlet.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Saves the state of outer handlers while a request is forwarded or includes another
 * path. For other dispatches nothing is saved, because their state ends with the request.
 *
 * @param <T> the state
 */
public final class NestedDispatches<T> {

	private final String attribute;

	/**
	 * Create a store in a request attribute.
	 * @param owner the class whose state it is
	 */
	public NestedDispatches(Class<?> owner) {
		this.attribute = owner.getName() + ".outer";
	}

	/**
	 * Save the current state if the dispatch that begins is nested.
	 * @param request the request
	 * @param current the current state
	 */
	@SuppressWarnings("unchecked")
	public void enter(HttpServletRequest request, Supplier<T> current) {
		if (isNested(request)) {
			Deque<T> outer = (Deque<T>) request.getAttribute(this.attribute);
			if (outer == null) {
				outer = new ArrayDeque<>();
				request.setAttribute(this.attribute, outer);
			}
			outer.push(current.get());
		}
	}

	/**
	 * Return the state saved by the matching {@link #enter}.
	 * @param request the request
	 * @return the state when the dispatch began, or {@code null} if it is not nested
	 */
	@SuppressWarnings("unchecked")
	public @Nullable T leave(HttpServletRequest request) {
		Deque<T> outer = isNested(request) ? (Deque<T>) request.getAttribute(this.attribute) : null;
		return (outer != null) ? outer.poll() : null;
	}

	private static boolean isNested(HttpServletRequest request) {
		return request.getDispatcherType() == DispatcherType.INCLUDE
				|| request.getDispatcherType() == DispatcherType.FORWARD;
	}

}
