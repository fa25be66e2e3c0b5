package dev.authstarter.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;
import org.springframework.boot.test.context.PropertyMapping.Skip;

/**
 * Lets a test make access tokens for the application under test with a
 * {@link TokenForge}, in slices and in full tests, with or without a server.
 * <p>
 * Only the issuer's keys are replaced. Signature, issuer, audience, times, type, claims,
 * organization and access are judged by the application's own code, with its own
 * properties. Nothing is fetched over the network. A test method may have a parameter of
 * the type {@link ForgedToken}, which is a good one.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration
@ExtendWith(ForgedTokenParameter.class)
@PropertyMapping("auth-starter")
public @interface AutoConfigureForgedTokens {

	/**
	 * The value of {@code auth-starter.issuer} in this test.
	 * @return an issuer, or nothing to leave the application's own
	 */
	@PropertyMapping(value = "issuer", skip = Skip.ON_DEFAULT_VALUE)
	String issuer() default "";

	/**
	 * The value of {@code auth-starter.audience} in this test.
	 * @return audiences, or nothing to leave the application's own
	 */
	@PropertyMapping(value = "audience", skip = Skip.ON_DEFAULT_VALUE)
	String[] audience() default {};

}
