package dev.authstarter.openapi;

import java.util.Optional;

import dev.authstarter.access.declaration.CallerTypes;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.method.HandlerMethod;

/**
 * Removes parameters whose value comes from the token from the document, because clients
 * do not send them. springdoc ignores parameters by their declared type; those in an
 * {@link Optional} are removed from its result, which is a parameter or a part of a body.
 */
final class CallerParameters implements ParameterCustomizer, GlobalOperationCustomizer {

	static {
		// springdoc stores them in a static field, so they are added once.
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(CallerTypes.ALL.toArray(Class<?>[]::new));
	}

	private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

	@Override
	public @Nullable Parameter customize(@Nullable Parameter parameter, MethodParameter declared) {
		return isOptionalCaller(declared) ? null : parameter;
	}

	@Override
	public Operation customize(Operation operation, HandlerMethod handler) {
		if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
			for (MethodParameter parameter : handler.getMethodParameters()) {
				parameter.initParameterNameDiscovery(this.names);
				String name = parameter.getParameterName();
				if (name != null && isOptionalCaller(parameter)) {
					operation.getRequestBody().getContent().values().forEach((content) -> removePart(name, content));
				}
			}
		}
		return operation;
	}

	private static void removePart(String name, MediaType content) {
		if (content.getSchema() != null && content.getSchema().getProperties() != null) {
			content.getSchema().getProperties().remove(name);
		}
	}

	private static boolean isOptionalCaller(MethodParameter parameter) {
		return parameter.getParameterType() == Optional.class
				&& CallerTypes.ALL.contains(ResolvableType.forMethodParameter(parameter).getGeneric().toClass());
	}

}
