package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a kind of caller: a person, a machine, or with both merely a valid token, said
 * on purpose. On a method it replaces the one of the type, and either may stand on an
 * interface, a super-type or an annotation of your own. Any other caller gets 403, before
 * arguments are bound.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresCaller {

	/**
	 * Kinds of callers that may call.
	 * @return one kind or both
	 */
	CallerType[] value();

}
