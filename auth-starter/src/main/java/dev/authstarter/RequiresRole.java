package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires roles of the caller in the organization this request acts in, or everywhere.
 * An annotation on a method overrides the same annotation on its type; both may also be
 * declared on an interface, a super-type or an annotation of your own. A caller that
 * lacks one gets 403, before arguments are bound. Repeated annotations must all be
 * satisfied.
 */
@Documented
@Repeatable(RequiresRole.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresRole {

	/**
	 * Names of roles that are all needed, for example {@code editor}, without a prefix.
	 * @return one or more names
	 */
	String[] value() default {};

	/**
	 * Names of roles of which one is enough. A refusal names only the first: list the
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
		RequiresRole[] value();

	}

}
