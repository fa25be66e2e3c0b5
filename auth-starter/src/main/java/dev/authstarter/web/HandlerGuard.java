package dev.authstarter.web;

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
	 * {@link org.springframework.web.method.HandlerMethod}
	 * @param request the request, with its path variables already extracted
	 * @param caller the caller's token, or {@code null} for an anonymous caller
	 * @return {@code null} to let the caller pass, otherwise why not
	 */
	@Nullable Refusal refuse(Object handler, HttpServletRequest request, @Nullable AccessToken caller);

}
