package dev.authstarter.authentication;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Makes the caller's authentication of a verified JWT, by the application's own
 * {@code JwtAuthenticationConverter} if it has one. Each call makes a new object:
 * authentications can be changed, and nobody may change another's.
 */
@FunctionalInterface
public interface CallerAuthentications extends Converter<Jwt, AbstractAuthenticationToken> {

	/** The name of the bean where other code than ours makes the authorities. */
	String CONVERTED = "convertedCallerAuthentications";

}
