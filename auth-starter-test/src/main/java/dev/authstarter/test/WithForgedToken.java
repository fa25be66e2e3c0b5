package dev.authstarter.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.core.annotation.AliasFor;
import org.springframework.security.test.context.support.TestExecutionEvent;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Lets a test of services and their rules be the caller of a forged token: the
 * application's own decoder and mapping turn the token into the authentication of the
 * test's security context, and the organization of the token is the current one.
 * <p>
 * It stands on a method, on a class or on an annotation of your own, beside
 * {@link AutoConfigureForgedTokens} on the class. On a parameter of the type
 * {@link ForgedToken} it describes that token and leaves the security context alone;
 * without it, such a parameter is the token of the method or of the class, or a good one.
 * What is not set is as in {@link TokenForge#token()}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER })
@WithSecurityContext(factory = ForgedSecurityContextFactory.class)
@ExtendWith(ForgedTokenParameter.class)
public @interface WithForgedToken {

	/**
	 * The scopes.
	 * @return the scopes
	 */
	String[] scopes() default {};

	/**
	 * The roles that count everywhere.
	 * @return the roles
	 */
	String[] roles() default {};

	/**
	 * The permissions that count everywhere.
	 * @return the permissions
	 */
	String[] permissions() default {};

	/**
	 * The organization.
	 * @return its identifier, or nothing for none
	 */
	String organization() default "";

	/**
	 * The roles that count in the organization alone.
	 * @return the roles
	 */
	String[] organizationRoles() default {};

	/**
	 * The person that calls.
	 * @return the subject
	 */
	String subject() default "";

	/**
	 * The machine that calls, in place of a person.
	 * @return the client id
	 */
	String machine() default "";

	/**
	 * The issuer, where the application trusts several.
	 * @return the issuer or its name in the configuration, or nothing for the first
	 */
	String issuer() default "";

	/**
	 * When the security context is set.
	 * @return before the test method and what prepares it, or right before the method
	 */
	@AliasFor(annotation = WithSecurityContext.class)
	TestExecutionEvent setupBefore() default TestExecutionEvent.TEST_METHOD;

}
