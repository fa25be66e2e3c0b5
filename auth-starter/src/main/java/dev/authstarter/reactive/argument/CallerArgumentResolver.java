package dev.authstarter.reactive.argument;

import dev.authstarter.access.declaration.CallerArguments;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.organization.OrganizationSecurityContext;
import dev.authstarter.reactive.context.ActingFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/**
 * Resolves arguments of controllers for the caller's access token, the caller type and
 * the acting organization, directly or in an {@link java.util.Optional}.
 */
final class CallerArgumentResolver implements SyncHandlerMethodArgumentResolver {

	private final AccessTokenReader accessTokens;

	CallerArgumentResolver(AccessTokenReader accessTokens) {
		this.accessTokens = accessTokens;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return CallerArguments.supports(parameter);
	}

	@Override
	public @Nullable Object resolveArgumentValue(MethodParameter parameter, BindingContext bindingContext,
			ServerWebExchange exchange) {
		OrganizationSecurityContext acting = ActingFilter.context(exchange);
		return CallerArguments.resolve(parameter, this.accessTokens.read(ActingFilter.caller(exchange)),
				(acting != null) ? OrganizationSecurityContext.organization(acting) : null);
	}

}
