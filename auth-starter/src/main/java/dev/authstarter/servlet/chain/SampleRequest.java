package dev.authstarter.servlet.chain;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * An artificial request, with which matchers and rules are evaluated for a method and a
 * path. It records whether they read anything else: then another request with the same
 * method and path may have another result.
 */
final class SampleRequest implements InvocationHandler {

	private final @Nullable ServletContext context;

	private final String method;

	private final String path;

	private final Map<Object, Object> attributes = new HashMap<>();

	private boolean askedForMore;

	private SampleRequest(@Nullable ServletContext context, String method, String path) {
		this.context = context;
		this.method = method;
		this.path = path;
	}

	/**
	 * Create a request.
	 * @param context the servlet context, or {@code null} if there is none
	 * @param method the HTTP method
	 * @param path the path within the application
	 */
	static SampleRequest of(@Nullable ServletContext context, String method, String path) {
		return new SampleRequest(context, method, path);
	}

	HttpServletRequest request() {
		return (HttpServletRequest) Proxy.newProxyInstance(SampleRequest.class.getClassLoader(),
				new Class<?>[] { HttpServletRequest.class }, this);
	}

	/** Return whether more than the method and the path was read. */
	boolean askedForMore() {
		return this.askedForMore;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] arguments) throws Throwable {
		List<Object> given = (arguments != null) ? Collections.unmodifiableList(Arrays.asList(arguments)) : List.of();
		return switch (called.getName()) {
			case "getMethod" -> this.method;
			case "getRequestURI", "getServletPath" -> this.path;
			case "getContextPath" -> "";
			case "getPathInfo", "getCharacterEncoding" -> null;
			case "getHttpServletMapping" -> InvocationHandler.invokeDefault(proxy, called);
			case "getDispatcherType" -> DispatcherType.REQUEST;
			case "getServletContext" -> this.context;
			case "getAttribute" -> this.attributes.get(given.get(0));
			case "getAttributeNames" -> Collections.enumeration(this.attributes.keySet());
			case "setAttribute" -> set(given.get(0), given.get(1));
			case "removeAttribute" -> set(given.get(0), null);
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> given.get(0) == proxy;
			case "toString" -> this.method + " " + this.path;
			default -> more(called.getReturnType());
		};
	}

	private @Nullable Object set(Object name, @Nullable Object value) {
		if (value != null) {
			this.attributes.put(name, value);
		}
		else {
			this.attributes.remove(name);
		}
		return null;
	}

	/** Return an empty value, as if the client had not sent it. */
	private @Nullable Object more(Class<?> type) {
		this.askedForMore = true;
		if (type == boolean.class) {
			return false;
		}
		if (type == int.class) {
			return -1;
		}
		if (type == long.class) {
			return -1L;
		}
		if (type == Enumeration.class) {
			return Collections.emptyEnumeration();
		}
		return (type == Map.class) ? Map.of() : (type == Collection.class) ? List.of() : null;
	}

}
