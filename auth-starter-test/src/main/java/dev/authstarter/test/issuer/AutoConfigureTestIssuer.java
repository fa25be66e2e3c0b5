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
 * Lets the application under test trust a {@link TestIssuer} on this machine and nobody
 * else. Nothing of the application is replaced: it fetches keys over HTTP.
 * <p>
 * There is one issuer in a JVM, whatever the number of test classes and application
 * contexts. It is a bean, and so is a {@link TokenForge} whose keys it publishes. After
 * each test it recovers from its faults; a test that takes keys away, or breaks the
 * issuer while other test classes run, starts one of its own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration
@ExtendWith(IssuerRecovery.class)
public @interface AutoConfigureTestIssuer {

}
