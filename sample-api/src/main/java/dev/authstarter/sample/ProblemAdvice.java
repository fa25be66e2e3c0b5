package dev.authstarter.sample;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers errors with a problem body (RFC 9457). For invalid input, it names the invalid
 * field or parameter.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody().setProperty("errors", errors(ex.getFieldErrors()));
		return super.handleMethodArgumentNotValid(ex, headers, status, request);
	}

	private static Map<String, @Nullable String> errors(List<FieldError> fields) {
		Map<String, @Nullable String> errors = new TreeMap<>();
		for (FieldError error : fields) {
			errors.put(error.getField(), error.getDefaultMessage());
		}
		return errors;
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		Map<String, @Nullable String> errors = new TreeMap<>();
		ex.getBeanResults().forEach((bean) -> errors.putAll(errors(bean.getFieldErrors())));
		for (ParameterValidationResult parameter : ex.getValueResults()) {
			for (MessageSourceResolvable error : parameter.getResolvableErrors()) {
				errors.put(String.valueOf(parameter.getMethodParameter().getParameterName()),
						error.getDefaultMessage());
			}
		}
		ex.getBody().setProperty("errors", errors);
		return super.handleHandlerMethodValidationException(ex, headers, status, request);
	}

	/** Another request changed the appointment after the version was compared. */
	@ExceptionHandler
	ProblemDetail handleOptimisticLockingFailure(OptimisticLockingFailureException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, "The appointment has changed");
	}

}
