package dev.authstarter.servlet.handler;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.access.PathPatterns;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;

/**
 * The path of a request below the context path, in the two forms by which a handler may
 * be chosen: as it was sent, which Spring MVC uses, and as the servlet container decoded
 * and normalized it. A rule applies if it matches either form, so that it cannot be
 * bypassed by another spelling of the path.
 */
final class RequestedPaths {

	private static final PathContainer.Options DECODED = PathContainer.Options.create('/', false);

	private RequestedPaths() {
	}

	static List<PathContainer> of(HttpServletRequest request) {
		List<PathContainer> paths = new ArrayList<>(4);
		boolean include = request.getDispatcherType() == DispatcherType.INCLUDE;
		String servletPath = include ? attribute(request, RequestDispatcher.INCLUDE_SERVLET_PATH)
				: request.getServletPath();
		String pathInfo = include ? attribute(request, RequestDispatcher.INCLUDE_PATH_INFO) : request.getPathInfo();
		String normalized = text(servletPath) + text(pathInfo);
		paths.addAll(PathPatterns.forms(normalized, DECODED));
		String uri = include ? attribute(request, RequestDispatcher.INCLUDE_REQUEST_URI) : request.getRequestURI();
		String contextPath = include ? attribute(request, RequestDispatcher.INCLUDE_CONTEXT_PATH)
				: request.getContextPath();
		String sent = text(uri).substring(Math.min(text(contextPath).length(), text(uri).length()));
		if (!sent.equals(normalized)) {
			try {
				paths.addAll(PathPatterns.forms(sent, PathContainer.Options.HTTP_PATH));
			}
			catch (IllegalArgumentException ex) {
				// A path that cannot be decoded matches no handler.
			}
		}
		return paths;
	}

	private static @Nullable String attribute(HttpServletRequest request, String name) {
		return (request.getAttribute(name) instanceof String value) ? value : null;
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

}
