package dev.authstarter.access;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may reach a handler, before its arguments are bound and the
 * body is read. Guards are asked in their order; the first refusal is the answer.
 */
@FunctionalInterface
public interface HandlerGuard {

	/**
	 * Decide.
	 * @param handler what Spring MVC will call, for a controller a
	 * {@link org.springframework.web.method.HandlerMethod}; for a servlet beside Spring
	 * MVC's its {@link jakarta.servlet.http.HttpServletMapping}
	 * @param request the request, with its path variables already extracted if it has any
	 * @param caller the caller's token, or {@code null} for an anonymous caller
	 * @return {@code null} to let the caller pass, otherwise why not
	 */
	@Nullable Refusal refuse(Object handler, HttpServletRequest request, @Nullable AccessToken caller);

	/**
	 * Tell whether the guard has a rule for a handler that an error leads to. Without one
	 * of any guard the handler is an error page that everybody may see, and no guard is
	 * asked to {@link #refuse}.
	 * @param handler what Spring MVC will call
	 * @param request the request, with its path variables already extracted
	 * @return whether it has
	 */
	default boolean guardsAfterError(Object handler, HttpServletRequest request) {
		return false;
	}

}
