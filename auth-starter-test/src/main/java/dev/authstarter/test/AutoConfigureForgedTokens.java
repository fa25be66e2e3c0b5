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
 * Configures a {@link TokenForge} that makes access tokens for the application under
 * test, in slices and in full tests, with or without a server.
 * <p>
 * Only the issuer's keys are replaced. The application's own code validates signature,
 * issuer, audience, times, type, claims, organization and access, with its own
 * properties. No network is used. A test method may have a parameter of the type
 * {@link ForgedToken}, which is a valid token.
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
	 * @return an issuer, or an empty text to keep the application's own
	 */
	@PropertyMapping(value = "issuer", skip = Skip.ON_DEFAULT_VALUE)
	String issuer() default "";

	/**
	 * The value of {@code auth-starter.audience} in this test.
	 * @return audiences, or none to keep the application's own
	 */
	@PropertyMapping(value = "audience", skip = Skip.ON_DEFAULT_VALUE)
	String[] audience() default {};

}
