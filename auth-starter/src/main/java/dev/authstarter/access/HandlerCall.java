package dev.authstarter.access;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;

/**
 * The call of a handler, as guards see it: independent of the web stack that serves the
 * request.
 */
public interface HandlerCall {

	/**
	 * Return the handler that is about to be called.
	 * @return for a controller a {@link org.springframework.web.method.HandlerMethod},
	 * for a route its function, for a servlet beside Spring MVC's its mapping
	 */
	Object handler();

	/**
	 * Return the method of the request.
	 * @return its name, as the request spells it
	 */
	String method();

	/**
	 * Return the pattern that matched the request.
	 * @return the pattern, or {@code null} if none did
	 */
	@Nullable String pattern();

	/**
	 * Return the path of the request below the context path, in each form by which a
	 * handler may be chosen. A rule that matches any of them applies.
	 * @return at least one path
	 */
	List<PathContainer> paths();

	/**
	 * Return a variable of the path.
	 * @param name the name that the pattern gives to it
	 * @return its value, decoded and without matrix parameters, or {@code null} if the
	 * pattern has no such variable
	 */
	@Nullable String pathVariable(String name);

	/**
	 * Replace the value of a path variable for the handler.
	 * @param name the name that the pattern gives to it
	 * @param value the new value
	 */
	void replacePathVariable(String name, String value);

	/**
	 * Return the values of a header.
	 * @param name the name of the header, in any case
	 * @return all values in their order, empty if there is no such header
	 */
	List<String> headers(String name);

	/**
	 * Return the host of the request.
	 * @return its name, without a port
	 */
	String host();

	/**
	 * Return whether the request was admitted without a token only because a public
	 * handler may answer it. It must not reach any other handler.
	 * @return whether it was admitted for that reason
	 */
	boolean isAdmittedForPublicHandler();

	/**
	 * Return the request of the web stack.
	 * @param type the type of the request, for example
	 * {@code jakarta.servlet.http.HttpServletRequest}
	 * @param <T> the type
	 * @return the request, or {@code null} if it has another type
	 */
	<T> @Nullable T unwrap(Class<T> type);

}
