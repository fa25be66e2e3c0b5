package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires a caller type: a user or a machine (client credentials). Listing both types
 * states explicitly that any valid token is enough. It can also require or forbid an
 * actor, a party that acts for the subject of the token (RFC 8693 section 4.1). An
 * annotation on a method overrides the same annotation on its type; both may also be
 * declared on an interface, a super-type or an annotation of your own. Any other caller
 * gets 403, before arguments are bound.
 * <p>
 * For example {@code @RequiresCaller(value = USER, delegation = FORBIDDEN)} if only users
 * may call, without an actor; or {@code @RequiresCaller(actors = "support-desk")} if one
 * service must act for the subject.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresCaller {

	/**
	 * Caller types that may call.
	 * @return one type or both
	 */
	CallerType[] value() default { CallerType.USER, CallerType.MACHINE };

	/**
	 * Whether the token may, must or must not have an actor ({@code act}).
	 * @return the requirement; {@link Delegation#REQUIRED} is implied if
	 * {@link #actors()} is not empty
	 */
	Delegation delegation() default Delegation.ALLOWED;

	/**
	 * The actors of which one must act for the subject. Only the current actor is
	 * compared, not prior actors. If the actor has an {@code iss}, it must equal the
	 * issuer of the token. If several issuers are trusted, a name is accepted in the
	 * tokens of each.
	 * @return the {@code sub} of each; empty for any actor
	 */
	String[] actors() default {};

	/**
	 * What is required of the claim {@code act}.
	 */
	enum Delegation {

		/** The token may have an actor or none. */
		ALLOWED,

		/** The token must not have a claim {@code act}. */
		FORBIDDEN,

		/** The token must have an actor with a {@code sub}. */
		REQUIRED

	}

}
