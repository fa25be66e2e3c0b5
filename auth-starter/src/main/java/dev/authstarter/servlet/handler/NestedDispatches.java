package dev.authstarter.servlet.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what belongs to the handlers that wait while a request is forwarded or includes
 * another path. What a dispatch that is not nested leaves behind ends with the request.
 *
 * @param <T> what is kept
 */
public final class NestedDispatches<T> {

	private final String attribute;

	/**
	 * Keep it in a request attribute.
	 * @param owner whose it is
	 */
	public NestedDispatches(Class<?> owner) {
		this.attribute = owner.getName() + ".outer";
	}

	/** Keep what is, if the dispatch that begins is nested. */
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
	 * End a dispatch that was entered.
	 * @return what was when it began, or {@code null} if it is not nested
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
