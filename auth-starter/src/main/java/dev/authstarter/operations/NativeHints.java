package dev.authstarter.operations;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Registers hints for native images for what is found by name only. Properties, endpoints
 * and failure analyzers are registered by Spring Boot.
 */
final class NativeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("dev/authstarter/provider/providers.json");
		// At start-up, filter chains are matched against artificial requests.
		hints.proxies().registerJdkProxy(TypeReference.of("jakarta.servlet.http.HttpServletRequest"));
		// Hibernate creates it by its class name.
		hints.reflection()
			.registerTypeIfPresent(classLoader, "dev.authstarter.organization.rows.RowStatements",
					MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
	}

}
