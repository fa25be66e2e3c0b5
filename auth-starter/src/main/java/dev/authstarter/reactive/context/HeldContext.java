package dev.authstarter.reactive.context;

import java.util.function.Supplier;

import dev.authstarter.organization.OrganizationSecurityContext;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Sets a security context in {@code SecurityContextHolder} while synchronous code runs
 * that reads it there.
 */
public final class HeldContext {

	private HeldContext() {
	}

	/**
	 * Call code with a security context.
	 * @param context the context
	 * @param code the code, called on this thread
	 * @param <T> the type of the result
	 * @return what the code returns
	 */
	public static <T extends @Nullable Object> T call(SecurityContext context, Supplier<T> code) {
		SecurityContext outer = SecurityContextHolder.getContext();
		SecurityContextHolder.setContext(context);
		try {
			return code.get();
		}
		finally {
			if (outer.getAuthentication() != null || outer instanceof OrganizationSecurityContext) {
				SecurityContextHolder.setContext(outer);
			}
			else {
				SecurityContextHolder.clearContext();
			}
		}
	}

}
