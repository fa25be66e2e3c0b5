package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands roles of the caller in the organization this request acts in, or everywhere. On
 * a method it replaces the one of the type, and either may stand on an interface, a
 * super-type or an annotation of your own. A caller without gets 403, before arguments
 * are bound. Several on one element are all demanded.
 */
@Documented
@Repeatable(RequiresRole.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresRole {

	/**
	 * Names of roles that are all needed, for example {@code editor}, without a prefix.
	 * @return one name or several
	 */
	String[] value() default {};

	/**
	 * Names of roles of which one is enough. The first is the one that a refusal asks
	 * for: name the narrowest first.
	 * @return two names or more
	 */
	String[] anyOf() default {};

	/**
	 * Several of them on one element.
	 */
	@Documented
	@Retention(RetentionPolicy.RUNTIME)
	@Target({ ElementType.TYPE, ElementType.METHOD })
	@interface List {

		/**
		 * The declarations.
		 * @return all of them hold
		 */
		RequiresRole[] value();

	}

}
