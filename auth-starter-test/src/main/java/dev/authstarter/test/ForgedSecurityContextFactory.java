package dev.authstarter.test;

import dev.authstarter.Refused;
import dev.authstarter.organization.CallerContextFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/**
 * Creates the security context in which the application has authenticated a forged token.
 */
final class ForgedSecurityContextFactory implements WithSecurityContextFactory<WithForgedToken> {

	private final BeanFactory application;

	ForgedSecurityContextFactory(BeanFactory application) {
		this.application = application;
	}

	@Override
	public SecurityContext createSecurityContext(WithForgedToken description) {
		ForgedToken token = DescribedToken.of(description, DescribedToken.forge(this.application));
		try {
			return this.application.getBean(CallerContextFactory.class)
				.of(this.application.getBean(JwtAuthenticationConverter.class)
					.convert(this.application.getBean(JwtDecoder.class).decode(token.value())));
		}
		catch (JwtException ex) {
			throw new IllegalStateException("The application denies the token of @WithForgedToken (%s): %s".formatted(
					(ex instanceof Refused refused) ? refused.refusal().reason().code() : ex.getMessage(), token), ex);
		}
	}

}
