package dev.authstarter.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a test in an organization without a caller, as {@code Organizations.runAs} runs a
 * job. It is meant for tests of repositories ({@code @DataJpaTest}) whose rows belong to
 * organizations. The organization is set from before the test's transaction begins until
 * the end of the test. An annotation on a method overrides the one on its class.
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
