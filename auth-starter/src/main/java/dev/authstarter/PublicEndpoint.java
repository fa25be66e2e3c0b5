package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens a handler of Spring MVC to requests without an access token, as
 * {@code jakarta.annotation.security.PermitAll} does. It stands on a method, or on a type
 * for all methods that the type declares or inherits, and for both also on an interface,
 * a super-type or an annotation of your own. On a method it replaces the rules of the
 * type; a rule that stands nearer to the method that runs closes the handler again.
 * <p>
 * A request that presents a token is authenticated as everywhere: one with an invalid
 * token gets 401. What the handler forwards to or includes must be public for the
 * library's filter chain, too. Rules by path ({@code auth-starter.rules}) and filter
 * chains of the application still apply.
 * <p>
 * The application does not start where the same method or the same type also has a rule,
 * where an annotation of Spring Security demands something of callers, where a path of
 * the handler names an organization or an argument is a caller, where the filter chain
 * cannot read the pattern, and where requests could reach handlers before which no guard
 * stands. Where no handler is opened, the report at the start says so. A servlet filter
 * of the application that answers requests by itself sees those that are let in for a
 * public handler.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface PublicEndpoint {

}
