package dev.authstarter.test.call;

import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Assertions about why the call of a bean with a rule was refused: the equivalent of
 * {@link dev.authstarter.test.RefusalAssert} for method calls.
 */
public final class CallAssert extends AbstractAssert<CallAssert, @Nullable Throwable> {

	private static final String NO_TOKEN = "%n  hint:      The test has a caller without a token, as @WithMockUser makes "
			+ "one. Use @WithForgedToken instead.";

	private final @Nullable Authentication caller;

	private CallAssert(@Nullable Throwable thrown, @Nullable Authentication caller) {
		super(thrown, CallAssert.class);
		this.caller = caller;
	}

	/**
	 * Make a call as the caller of the security context, and catch the exception.
	 * @param call the call, for example {@code notes::list}
	 * @return the assertions
	 */
	public static CallAssert assertThatCall(ThrowingCallable call) {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		try {
			call.call();
			return new CallAssert(null, caller);
		}
		catch (Throwable ex) {
			return new CallAssert(ex, caller);
		}
	}

	/**
	 * Require that the call was refused for a reason.
	 * @param reason the reason
	 * @return this object
	 */
	public CallAssert isRefusedWith(Reason reason) {
		Refusal refusal = refusal();
		if (refusal == null || !refusal.reason().equals(reason)) {
			fail("a refusal with%n  reason:    %s".formatted(reason.code()));
		}
		return this;
	}

	/**
	 * Require that a scope was missing, and that the refusal names it.
	 * @param scope the scope
	 * @return this object
	 */
	public CallAssert namesMissingScope(String scope) {
		isRefusedWith(Reason.INSUFFICIENT_SCOPE);
		return names(scope);
	}

	/**
	 * Require that a role was missing, and that the refusal names it.
	 * @param role the role
	 * @return this object
	 */
	public CallAssert namesMissingRole(String role) {
		isRefusedWith(Reason.INSUFFICIENT_ROLE);
		return names(role);
	}

	/**
	 * Require that a permission was missing, and that the refusal names it.
	 * @param permission the permission
	 * @return this object
	 */
	public CallAssert namesMissingPermission(String permission) {
		isRefusedWith(Reason.INSUFFICIENT_PERMISSION);
		return names(permission);
	}

	private CallAssert names(String name) {
		if (!required().contains(name)) {
			fail("a refusal that names as missing%n  %s".formatted(name));
		}
		return this;
	}

	/**
	 * Require that nothing was thrown.
	 * @return this object
	 */
	public CallAssert isAllowed() {
		if (this.actual != null) {
			fail("a call that returns");
		}
		return this;
	}

	private @Nullable Refusal refusal() {
		return (this.actual instanceof Refused refused) ? refused.refusal() : null;
	}

	private List<String> required() {
		Refusal refusal = refusal();
		return (refusal != null) ? refusal.required() : List.of();
	}

	private void fail(String expected) {
		Refusal refusal = refusal();
		String reason = (refusal != null) ? refusal.reason().code() : "(none)";
		failWithMessage("%nExpected %s%nbut got%n  thrown:    %s%n  reason:    %s%n  required:  %s%n  caller:    %s%s",
				expected, (this.actual != null) ? this.actual : "nothing", reason, required(), caller(),
				Reason.TOKEN_REQUIRED.code().equals(reason) ? NO_TOKEN.formatted() : "");
	}

	private String caller() {
		return (this.caller != null) ? "%s '%s' with %s".formatted(this.caller.getClass().getSimpleName(),
				this.caller.getName(), this.caller.getAuthorities()) : "(none)";
	}

}
