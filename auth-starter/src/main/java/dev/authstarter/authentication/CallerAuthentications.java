package dev.authstarter.authentication;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Creates the caller's authentication of a verified JWT, by the application's own
 * {@code JwtAuthenticationConverter} if it has one. Each call creates a new object,
 * because authentications are mutable and must not be shared.
 */
@FunctionalInterface
public interface CallerAuthentications extends Converter<Jwt, AbstractAuthenticationToken> {

	/** The name of the bean if code outside this library creates the authorities. */
	String CONVERTED = "convertedCallerAuthentications";

}
