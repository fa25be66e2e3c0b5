package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens a handler of Spring MVC to requests without an access token, as
 * {@code jakarta.annotation.security.PermitAll} does. It is declared on a method, or on a
 * type for all methods that the type declares or inherits, in both cases also on an
 * interface, a super-type or an annotation of your own. On a method it overrides the
 * rules of the type; a rule that is declared closer to the executed method makes the
 * handler require a token again.
 * <p>
 * A request with a token is authenticated as for any other handler: an invalid token gets
 * 401. Targets of forwards and includes must be public in the library's filter chain,
 * too. Rules by path ({@code auth-starter.rules}) and filter chains of the application
 * still apply.
 * <p>
 * Start-up fails if the same method or the same type also has a rule, if an annotation of
 * Spring Security restricts callers, if a path of the handler names an organization or an
 * argument is a caller, if the filter chain cannot parse the pattern, or if requests
 * could reach handlers that no guard protects. If no handler is opened, the start-up
 * report says so. A servlet filter of the application that answers requests itself also
 * receives the requests that are admitted for a public handler.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface PublicEndpoint {

}
