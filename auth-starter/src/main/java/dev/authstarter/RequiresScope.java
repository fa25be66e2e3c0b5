package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires scopes of the caller's token. An annotation on a method overrides the same
 * annotation on its type; both may also be declared on an interface, a super-type or an
 * annotation of your own. A caller that lacks one gets 403 with
 * {@code error="insufficient_scope"} and the names of the scopes (RFC 6750 section 3.1),
 * before arguments are bound. Repeated annotations must all be satisfied.
 */
@Documented
@Repeatable(RequiresScope.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresScope {

	/**
	 * Names of scopes that are all needed, for example {@code read:appointments}.
	 * @return one or more names
	 */
	String[] value() default {};

	/**
	 * Names of scopes of which one is enough. A refusal names only the first: list the
	 * narrowest first.
	 * @return two or more names
	 */
	String[] anyOf() default {};

	/**
	 * Container of repeated annotations.
	 */
	@Documented
	@Retention(RetentionPolicy.RUNTIME)
	@Target({ ElementType.TYPE, ElementType.METHOD })
	@interface List {

		/**
		 * The repeated annotations.
		 * @return the annotations, which must all be satisfied
		 */
		RequiresScope[] value();

	}

}
