package dev.authstarter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens a handler of Spring MVC to requests without an access token, as
 * {@code jakarta.annotation.security.PermitAll} does. On a type it opens each handler
 * method that declares nothing itself, and on a method it replaces the rules of the type.
 * Either may stand on an interface, a super-type or an annotation of your own.
 * <p>
 * A request that presents a token is authenticated as everywhere: one with an invalid
 * token gets 401. The application does not start where the same method, or the same type,
 * also has a rule, where a path of the handler names an organization, and where the
 * annotation stands on something that is no handler of Spring MVC. Rules by path
 * ({@code auth-starter.rules}) and filter chains of the application still apply.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface PublicEndpoint {

}
