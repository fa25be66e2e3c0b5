package dev.authstarter.operations;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import dev.authstarter.jose.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Keeps the token in a request for {@link ExplainEndpoint} out of logs. Spring Boot would
 * also read it from the query, which servers log. Spring MVC logs an unreadable body at
 * WARN with the message of the parser, which quotes the body, and a readable body at
 * DEBUG.
 */
@ControllerAdvice
final class ExplainRequestGuard extends RequestBodyAdviceAdapter implements HandlerInterceptor {

	/** Much longer than any token that is accepted. */
	static final int MAXIMUM_BODY = 1 << 18;

	private static final String FORM = "The body must be a JSON object with the member 'token'; all its members must "
			+ "be strings";

	private final Supplier<@Nullable String> path;

	/**
	 * Guard the requests of one path.
	 * @param path the path of the endpoint on its port, or {@code null} if it has none
	 */
	ExplainRequestGuard(Supplier<@Nullable String> path) {
		this.path = path;
	}

	private boolean isForEndpoint(HttpServletRequest request) {
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return pattern != null && pattern.equals(this.path.get());
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (isForEndpoint(request) && request.getQueryString() != null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The query must be empty. " + FORM);
		}
		return true;
	}

	@Override
	public boolean supports(MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& isForEndpoint(attributes.getRequest());
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
		byte[] body = message.getBody().readNBytes(MAXIMUM_BODY + 1);
		if (body.length > MAXIMUM_BODY) {
			throw new HttpMessageNotReadableException(
					"The body must have no more than %d bytes".formatted(MAXIMUM_BODY), message);
		}
		if (!isReadable(body)) {
			throw new HttpMessageNotReadableException(FORM, message);
		}
		return new ReadBody(message.getHeaders(), new ByteArrayInputStream(body));
	}

	private static boolean isReadable(byte[] body) {
		try {
			return StrictJson.parseObject(ByteBuffer.wrap(body))
				.values()
				.stream()
				.allMatch((value) -> value == null || value instanceof String);
		}
		catch (ParseException ex) {
			return false;
		}
	}

	@Override
	public Object afterBodyRead(Object body, HttpInputMessage message, MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return (body instanceof Map<?, ?> members) ? new UnprintedMembers(members) : body;
	}

	/**
	 * A body that was read already.
	 */
	private record ReadBody(HttpHeaders headers, InputStream body) implements HttpInputMessage {

		@Override
		public InputStream getBody() {
			return this.body;
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

	/**
	 * Members whose values appear in no log.
	 */
	private static final class UnprintedMembers extends LinkedHashMap<Object, @Nullable Object> {

		private static final long serialVersionUID = 1L;

		UnprintedMembers(Map<?, ?> members) {
			putAll(members);
		}

		@Override
		public String toString() {
			return keySet().toString();
		}

	}

}
