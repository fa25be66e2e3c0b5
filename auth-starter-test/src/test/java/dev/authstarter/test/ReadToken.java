package dev.authstarter.test;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.authentication.AccessTokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * A forged token after the application's own decoder, converter and mapping.
 *
 * @param token what the application reads, or {@code null}
 * @param refused why the application refused it, or {@code null}
 */
record ReadToken(@Nullable AccessToken token, @Nullable Reason refused) {

	static ReadToken of(BeanFactory application, ForgedToken forged) {
		try {
			return new ReadToken(application.getBean(AccessTokenReader.class)
				.read(application.getBean(JwtAuthenticationConverter.class)
					.convert(application.getBean(JwtDecoder.class).decode(forged.value()))), null);
		}
		catch (JwtException ex) {
			if (ex instanceof Refused refused) {
				return new ReadToken(null, refused.refusal().reason());
			}
			throw ex;
		}
	}

	/** Return what was read. */
	AccessToken accepted() {
		if (this.token == null) {
			throw new AssertionError("refused with " + this.refused);
		}
		return this.token;
	}

}
