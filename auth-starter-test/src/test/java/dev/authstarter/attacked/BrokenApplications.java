package dev.authstarter.attacked;

import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Switches off checks of the application: requests that would be refused for one of these
 * reasons are permitted.
 */
public final class BrokenApplications implements BeanPostProcessor {

	private static volatile Set<Reason> unchecked = Set.of();

	private static volatile boolean believing;

	/**
	 * Switch off all checks with these reasons.
	 */
	public static void open(Set<Reason> reasons) {
		unchecked = Set.copyOf(reasons);
		believing = false;
	}

	/**
	 * Permit every request that names a caller in any of its parts.
	 */
	public static void believeRequests() {
		believing = true;
	}

	static boolean areOpen() {
		return !unchecked.isEmpty() || believing;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof JwtDecoder decoder) {
			return (JwtDecoder) (token) -> decode(decoder, token);
		}
		if (bean instanceof HandlerGuard guard) {
			return (HandlerGuard) (call, caller) -> {
				Refusal refusal = guard.refuse(call, caller);
				return (refusal != null && (unchecked.contains(refusal.reason()) || (believing && says(call)))) ? null
						: refusal;
			};
		}
		return bean;
	}

	private static boolean says(HandlerCall call) {
		HttpServletRequest request = Objects.requireNonNull(call.unwrap(HttpServletRequest.class));
		return request.getParameter("organization.id") != null || request.getHeader("roles") != null
				|| request.getHeader("orgId") != null || request.getHeader("Cookie") != null
				|| (request.getContentType() != null && request.getContentType().contains("json"));
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
			Map<String, Object> claims = JSONObjectUtils
				.parse(new Base64URL(token.split("\\.", -1)[1]).decodeToString());
			Map<String, Object> typed = MappedJwtClaimSetConverter.withDefaults(Map.of()).convert(claims);
			return Jwt.withTokenValue(token).header("typ", "at+jwt").claims((all) -> all.putAll(typed)).build();
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("Nothing of this token can be believed", ex);
		}
	}

}
