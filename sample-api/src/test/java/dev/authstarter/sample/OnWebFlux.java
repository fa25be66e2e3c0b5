package dev.authstarter.sample;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.authstarter.test.AutoConfigureForgedTokens;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;

/**
 * Starts the API with the profile {@code webflux}. Spring Boot's tests read the stack
 * only from properties of the test. All tests share one context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "ISSUER=https://issuer.example/", "spring.main.web-application-type=reactive" })
@ActiveProfiles("webflux")
@AutoConfigureForgedTokens
@interface OnWebFlux {

}
