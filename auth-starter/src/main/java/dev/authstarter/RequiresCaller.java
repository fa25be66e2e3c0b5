package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a kind of caller: a person, a machine, or with both merely a valid token, said
 * on purpose. It can also demand or forbid that another party acts for the subject of the
 * token (RFC 8693 section 4.1). On a method it replaces the one of the type, and either
 * may stand on an interface, a super-type or an annotation of your own. Any other caller
 * gets 403, before arguments are bound.
 * <p>
 * For example {@code @RequiresCaller(value = USER, delegation = FORBIDDEN)} where a
 * person must act themselves, or {@code @RequiresCaller(actors = "support-desk")} where
 * only one service may act for others.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface RequiresCaller {

	/**
	 * Kinds of callers that may call.
	 * @return one kind or both
	 */
	CallerType[] value() default { CallerType.USER, CallerType.MACHINE };

	/**
	 * Whether another party may act for the subject, as the claim {@code act} says.
	 * @return what to demand; it counts as {@link Delegation#REQUIRED} where actors are
	 * named
	 */
	Delegation delegation() default Delegation.ALLOWED;

	/**
	 * The parties of which one must act for the subject. Only the current actor counts,
	 * not those before it. An actor with an {@code iss} of its own must be one of the
	 * token's issuer. Where several issuers are trusted, a name counts in the tokens of
	 * each.
	 * @return the {@code sub} of each; empty for any party
	 */
	String[] actors() default {};

	/**
	 * What is demanded of the claim {@code act}.
	 */
	enum Delegation {

		/** The token may have an actor or none. */
		ALLOWED,

		/** The subject must act itself: a token with a claim {@code act} is refused. */
		FORBIDDEN,

		/** Another party must act for the subject. */
		REQUIRED

	}

}
