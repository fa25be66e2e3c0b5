package dev.authstarter.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a test act in an organization without a caller, as a job does with
 * {@code Organizations.runAs}: above all a test of repositories ({@code @DataJpaTest})
 * whose rows belong to organizations. It holds from before the test's transaction begins
 * until the end of the test. On a method it replaces that of the class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface WithOrganization {

	/**
	 * The organization.
	 * @return its identifier
	 */
	String value();

}
