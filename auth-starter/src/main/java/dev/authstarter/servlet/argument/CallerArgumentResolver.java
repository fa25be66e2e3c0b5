package dev.authstarter.servlet.argument;

import java.util.Optional;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import dev.authstarter.authentication.AccessTokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands the caller's {@link AccessToken}, its type and the acting {@link Organization} to
 * a controller, directly or in an {@link Optional}.
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
		return CallerTypes.ALL.contains(type(parameter));
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
		AccessToken caller = this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication());
		Object argument = argument(type(parameter), caller);
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(argument);
		}
		if (argument == null && !parameter.isOptional()) {
			throw new RefusedException(Refusal.of(missing(caller)));
		}
		return argument;
	}

	private @Nullable Object argument(Class<?> type, @Nullable AccessToken caller) {
		if (type == Organization.class) {
			return this.acting.find();
		}
		return (type == CallerType.class && caller != null) ? caller.callerType() : caller;
	}

	private static Class<?> type(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return (type == Optional.class) ? ResolvableType.forMethodParameter(parameter).getGeneric().toClass() : type;
	}

	private static Reason missing(@Nullable AccessToken caller) {
		if (caller == null) {
			return Reason.MISSING_TOKEN;
		}
		return caller.organizations().isEmpty() ? Reason.ORGANIZATION_MISSING : Reason.ORGANIZATION_UNSPECIFIED;
	}

}
