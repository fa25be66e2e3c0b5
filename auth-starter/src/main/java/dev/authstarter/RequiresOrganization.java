package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires that the request acts in one of the token's organizations. A handler whose
 * path names an organization needs no such annotation. An annotation on a method
 * overrides the same annotation on its type; both may also be declared on an interface, a
 * super-type or an annotation of your own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresOrganization {

	/**
	 * Whether a machine whose token names no organization may act here in the one that
	 * the request names, or in none. Needs a {@link RequiresScope} or
	 * {@link RequiresPermission} beside it, because the caller type restricts access and
	 * never grants it. Each such request is logged.
	 * @return {@code false} by default
	 */
	boolean allowMachineWithoutOrganization() default false;

}
