package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that the request acts in one of the token's organizations. A handler whose path
 * names an organization needs no such annotation. On a method it replaces the one of the
 * type, and either may stand on an interface, a super-type or an annotation of your own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresOrganization {

	/**
	 * Whether a machine whose token names no organization may act here in the one that
	 * the request names, or in none. Needs a {@link RequiresScope} or
	 * {@link RequiresPermission} beside it, because the kind of caller restricts and
	 * never grants. Each such request is logged.
	 * @return {@code false} unless said otherwise
	 */
	boolean allowMachineWithoutOrganization() default false;

}
