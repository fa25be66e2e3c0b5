package dev.authstarter.sample;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A time before the year 10000. Later ones are valid instants, but databases do not store
 * all of them, and RFC 3339 section 1 has years of four digits only.
 */
@Documented
@Constraint(validatedBy = FourDigitYear.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER })
@interface FourDigitYear {

	/** What callers read. */
	String message() default "must be before the year 10000";

	/** Required by Jakarta Validation. */
	Class<?>[] groups() default {};

	/** Required by Jakarta Validation. */
	Class<? extends Payload>[] payload() default {};

	/** Compares the time. */
	final class Validator implements ConstraintValidator<FourDigitYear, Instant> {

		private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

		@Override
		public boolean isValid(@Nullable Instant time, ConstraintValidatorContext context) {
			return time == null || time.isBefore(END);
		}

	}

}
