package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands roles of the caller, all of them, in the organization this request acts in. On
 * a method it replaces the one of the class. A caller without gets 403, before arguments
 * are bound.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresRole {

	/**
	 * Names of the roles, for example {@code editor}, without a prefix.
	 * @return one name or several
	 */
	String[] value();

}
