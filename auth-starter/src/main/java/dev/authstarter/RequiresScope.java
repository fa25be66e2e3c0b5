package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands scopes of the caller's token, all of them. On a method it replaces the one of
 * the class. A caller without gets 403 with {@code error="insufficient_scope"} and the
 * names of the scopes (RFC 6750 section 3.1), before arguments are bound.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresScope {

	/**
	 * Names of the scopes, for example {@code read:appointments}.
	 * @return one name or several
	 */
	String[] value();

}
