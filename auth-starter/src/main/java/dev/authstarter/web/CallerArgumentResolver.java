package dev.authstarter.web;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import dev.authstarter.claims.AccessTokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands the caller's {@link AccessToken} and the acting {@link Organization} to a
 * controller.
 */
final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	CallerArgumentResolver(AccessTokenReader accessTokens, CurrentOrganization acting) {
		this.accessTokens = accessTokens;
		this.acting = acting;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == AccessToken.class || parameter.getParameterType() == Organization.class;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
		AccessToken caller = this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication());
		Object argument = (parameter.getParameterType() == AccessToken.class) ? caller : this.acting.find();
		if (argument == null && !parameter.isOptional()) {
			throw new RefusedException(Refusal.of(missing(caller)));
		}
		return argument;
	}

	private static Reason missing(@Nullable AccessToken caller) {
		if (caller == null) {
			return Reason.MISSING_TOKEN;
		}
		return caller.organizations().isEmpty() ? Reason.ORGANIZATION_MISSING : Reason.ORGANIZATION_UNSPECIFIED;
	}

}
