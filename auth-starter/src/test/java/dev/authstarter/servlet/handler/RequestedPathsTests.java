package dev.authstarter.servlet.handler;

import java.util.Arrays;

import dev.authstarter.access.PathPatterns;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.server.PathContainer;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A path rule applies to every form of a path by which a handler may be selected.
 */
class RequestedPathsTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			/app/files/a,       /files/a,   -,    /files/*
			/app/files/a%2Fb,   /files/a/b, -,    /files/*
			/app/files/a%2Fb,   /files/a/b, -,    /files/a/b
			/app/fi%6Ces/a,     /files/a,   -,    /files/*
			/app/files;x=1/a;y, /files/a,   -,    /files/*
			/app/files/a/,      /files/a/,  -,    /files/*
			/app/files/,        /files/,    -,    /files/*
			/app/files/,        /files/,    -,    /files
			/app/x/..;/files/a, /files/a,   -,    /files/*
			/app//files//a,     /files,     /a,   /files/*
			/app/FILES/a,       /FILES,     /a,   /files/*
			/app/files/%zz,     /files/x,   -,    /files/*
			/app,               '',         -,    /
			""")
	void matchesAsSentAndAsNormalized(String uri, String servletPath, @Nullable String pathInfo, String pattern) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", uri);
		request.setContextPath("/app");
		request.setServletPath(servletPath);
		request.setPathInfo(pathInfo);
		assertThat(RequestedPaths.of(request)).anyMatch(PathPatterns.parse(pattern)::matches);
	}

	@Test
	void readsTheIncludedPath() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/outer");
		request.setServletPath("/outer");
		request.setDispatcherType(DispatcherType.INCLUDE);
		request.setAttribute(RequestDispatcher.INCLUDE_REQUEST_URI, "/inner/x");
		request.setAttribute(RequestDispatcher.INCLUDE_CONTEXT_PATH, "");
		request.setAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH, "/inner");
		request.setAttribute(RequestDispatcher.INCLUDE_PATH_INFO, "/x");
		assertThat(RequestedPaths.of(request)).extracting(PathContainer::value)
			.isSubsetOf(Arrays.asList("/inner/x"))
			.isNotEmpty();
	}

}
