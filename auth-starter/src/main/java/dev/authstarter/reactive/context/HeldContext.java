package dev.authstarter.reactive.context;

import java.util.function.Supplier;

import dev.authstarter.organization.OrganizationSecurityContext;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Lends a security context to Spring Security's thread-bound holder, for code that does
 * not wait and looks there.
 */
public final class HeldContext {

	private HeldContext() {
	}

	/**
	 * Call code that finds a context in the holder.
	 * @param context the context
	 * @param code what is called at once, on this thread
	 * @param <T> what it returns
	 * @return what it returns
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
