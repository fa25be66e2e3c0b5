package dev.authstarter.operations;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Tells a native image what is found by name only. Everything else is registered by
 * Spring Boot: properties, endpoints, failure analyzers.
 */
final class NativeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("dev/authstarter/provider/providers.json");
		// Filter chains are asked at the start with a request that nobody sent.
		hints.proxies().registerJdkProxy(TypeReference.of("jakarta.servlet.http.HttpServletRequest"));
		// Hibernate makes it by name.
		hints.reflection()
			.registerTypeIfPresent(classLoader, "dev.authstarter.organization.rows.RowStatements",
					MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
	}

}
