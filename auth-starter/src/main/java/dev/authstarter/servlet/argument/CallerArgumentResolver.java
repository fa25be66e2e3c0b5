package dev.authstarter.servlet.argument;

import java.util.Optional;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.access.declaration.CallerArguments;
import dev.authstarter.authentication.AccessTokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves controller arguments of the types {@link AccessToken}, caller type and acting
 * {@link Organization}, directly or in an {@link Optional}.
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
		return CallerArguments.supports(parameter);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
		return CallerArguments.resolve(parameter,
				this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication()), this.acting.find());
	}

}
