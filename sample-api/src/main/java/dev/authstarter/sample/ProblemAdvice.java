package dev.authstarter.sample;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/**
 * Names the invalid fields and parameters in the problem body (RFC 9457). Spring Boot's
 * own advice, which comes later, answers all other errors with a problem body, because
 * {@code spring.mvc.problemdetails.enabled} is set, or
 * {@code spring.webflux.problemdetails.enabled} on WebFlux.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {

	@ExceptionHandler
	ErrorResponse handleInvalidBody(MethodArgumentNotValidException ex) {
		return withErrors(ex, errors(ex.getFieldErrors()));
	}

	/** The same on WebFlux. */
	@ExceptionHandler
	ErrorResponse handleInvalidBody(WebExchangeBindException ex) {
		return withErrors(ex, errors(ex.getFieldErrors()));
	}

	@ExceptionHandler
	ErrorResponse handleInvalidParameters(HandlerMethodValidationException ex) {
		Map<String, @Nullable String> errors = new TreeMap<>();
		ex.getBeanResults().forEach((bean) -> errors.putAll(errors(bean.getFieldErrors())));
		for (ParameterValidationResult parameter : ex.getValueResults()) {
			for (MessageSourceResolvable error : parameter.getResolvableErrors()) {
				errors.put(String.valueOf(parameter.getMethodParameter().getParameterName()),
						error.getDefaultMessage());
			}
		}
		return withErrors(ex, errors);
	}

	private static Map<String, @Nullable String> errors(List<FieldError> fields) {
		Map<String, @Nullable String> errors = new TreeMap<>();
		for (FieldError error : fields) {
			errors.put(error.getField(), error.getDefaultMessage());
		}
		return errors;
	}

	private static ErrorResponse withErrors(ErrorResponse response, Map<String, @Nullable String> errors) {
		response.getBody().setProperty("errors", errors);
		return response;
	}

	/** Another request changed the appointment after the version was compared. */
	@ExceptionHandler
	ProblemDetail handleOptimisticLockingFailure(OptimisticLockingFailureException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, "The appointment has changed");
	}

}
