package dev.authstarter.attacked;

import java.text.ParseException;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.web.HandlerGuard;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Breaks the application on purpose: whatever is refused for one of these reasons passes,
 * as if nobody had checked.
 */
final class Holes implements BeanPostProcessor {

	private static volatile Set<Reason> unchecked = Set.of();

	static void open(Set<Reason> reasons) {
		unchecked = Set.copyOf(reasons);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof JwtDecoder decoder) {
			return (JwtDecoder) (token) -> decode(decoder, token);
		}
		if (bean instanceof HandlerGuard guard) {
			return (HandlerGuard) (handler, request, caller) -> {
				Refusal refusal = guard.refuse(handler, request, caller);
				return (refusal != null && unchecked.contains(refusal.reason())) ? null : refusal;
			};
		}
		return bean;
	}

	private static Jwt decode(JwtDecoder decoder, String token) {
		try {
			return decoder.decode(token);
		}
		catch (RuntimeException ex) {
			if (ex instanceof Refused refused && unchecked.contains(refused.refusal().reason())) {
				return believe(token);
			}
			throw ex;
		}
	}

	private static Jwt believe(String token) {
		try {
			JWT parsed = JWTParser.parse(token);
			Map<String, Object> claims = parsed.getJWTClaimsSet().toJSONObject();
			return Jwt.withTokenValue(token)
				.header("typ", "at+jwt")
				.claims((all) -> all.putAll(claims))
				.build();
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("This is no token to break into something with", ex);
		}
	}

}
