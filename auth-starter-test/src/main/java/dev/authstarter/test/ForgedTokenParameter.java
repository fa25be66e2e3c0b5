package dev.authstarter.test;

import java.util.Optional;

import dev.authstarter.test.signing.ForgeKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Resolves parameters of the type {@link ForgedToken}.
 */
final class ForgedTokenParameter implements ParameterResolver {

	/**
	 * JUnit creates this before the application starts, so key generation runs in
	 * parallel to start-up.
	 */
	ForgedTokenParameter() {
		ForgeKeys.makeMeanwhile();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
		return parameter.getParameter().getType() == ForgedToken.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
		TokenForge forge = DescribedToken.forge(SpringExtension.getApplicationContext(test));
		WithForgedToken description = find(parameter, test);
		return (description != null) ? DescribedToken.of(description, forge) : forge.token();
	}

	private static @Nullable WithForgedToken find(ParameterContext parameter, ExtensionContext test) {
		WithForgedToken own = AnnotatedElementUtils.findMergedAnnotation(parameter.getParameter(),
				WithForgedToken.class);
		if (own != null) {
			return own;
		}
		Optional<WithForgedToken> ofMethod = test.getTestMethod()
			.map((method) -> AnnotatedElementUtils.findMergedAnnotation(method, WithForgedToken.class));
		return ofMethod
			.or(() -> test.getTestClass()
				.map((type) -> TestContextAnnotationUtils.findMergedAnnotation(type, WithForgedToken.class)))
			.orElse(null);
	}

}
