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
 * Runs a test of services and their rules as the caller of a forged token: the
 * application's own decoder and mapping turn the token into the authentication of the
 * test's security context, and the organization of the token is the current one.
 * <p>
 * Use it on a method, on a class or on a composed annotation, together with
 * {@link AutoConfigureForgedTokens} on the class. On a parameter of the type
 * {@link ForgedToken} it describes that token and does not change the security context;
 * without it, such a parameter is the token of the method or of the class, or else a
 * valid token. Attributes that are not set have the values of {@link TokenForge#token()}.
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
	 * The roles that hold in every organization.
	 * @return the roles
	 */
	String[] roles() default {};

	/**
	 * The permissions that hold in every organization.
	 * @return the permissions
	 */
	String[] permissions() default {};

	/**
	 * The organization.
	 * @return its identifier, or an empty text for none
	 */
	String organization() default "";

	/**
	 * The roles that hold in the organization only.
	 * @return the roles
	 */
	String[] organizationRoles() default {};

	/**
	 * The user that calls.
	 * @return the subject
	 */
	String subject() default "";

	/**
	 * The machine (client credentials) that calls, in place of a user.
	 * @return the client id
	 */
	String machine() default "";

	/**
	 * The issuer, if the application trusts several.
	 * @return the issuer or its name in the configuration, or an empty text for the first
	 * one
	 */
	String issuer() default "";

	/**
	 * The time at which the security context is set.
	 * @return before the test method and its set-up methods, or right before the test
	 * method
	 */
	@AliasFor(annotation = WithSecurityContext.class)
	TestExecutionEvent setupBefore() default TestExecutionEvent.TEST_METHOD;

}
