package dev.authstarter.test.issuer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Makes the application under test trust a local {@link TestIssuer} and no other issuer.
 * No bean of the application is replaced: it fetches keys over HTTP.
 * <p>
 * All test classes and application contexts of a JVM share one issuer. It is a bean, and
 * so is a {@link TokenForge} whose keys it publishes. Its faults end after each test; a
 * test that removes keys, or breaks the issuer while other test classes run, starts its
 * own issuer.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration
@ExtendWith(IssuerRecovery.class)
public @interface AutoConfigureTestIssuer {

}
