package dev.authstarter.access;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;

/**
 * A call of a handler: what is called and with what, whatever serves the request. Guards
 * see nothing else of it.
 */
public interface HandlerCall {

	/**
	 * Return what is about to be called.
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
	 * Return the path of the request below the application's, in each of the readings by
	 * which a handler may be chosen. A rule for any of them holds.
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
	 * Let the handler find another value of a variable of the path.
	 * @param name the name that the pattern gives to it
	 * @param value what it finds from now on
	 */
	void replacePathVariable(String name, String value);

	/**
	 * Return the values of a header.
	 * @param name the name of the header, in any case
	 * @return all values in their order, empty if there is no such header
	 */
	List<String> headers(String name);

	/**
	 * Return the host that the request is for.
	 * @return its name, without a port
	 */
	String host();

	/**
	 * Tell whether the request was let in without a token for the only reason that a
	 * handler which is declared public may answer it. It must not reach any other.
	 * @return whether it was
	 */
	boolean isAdmittedForPublicHandler();

	/**
	 * Return what the stack knows the request by.
	 * @param type the type of the stack, for example
	 * {@code jakarta.servlet.http.HttpServletRequest}
	 * @param <T> the type
	 * @return the request, or {@code null} if another stack serves it
	 */
	<T> @Nullable T unwrap(Class<T> type);

}
