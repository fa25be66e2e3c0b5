package dev.authstarter.access.declaration;

import java.util.Optional;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * What a handler gets for a parameter that is the caller's {@link AccessToken}, its type
 * or the acting {@link Organization}, directly or in an {@link Optional}.
 */
public final class CallerArguments {

	private CallerArguments() {
	}

	/**
	 * Return whether a parameter has one of these types.
	 * @param parameter the parameter
	 * @return whether it is
	 */
	public static boolean supports(MethodParameter parameter) {
		return CallerTypes.ALL.contains(type(parameter));
	}

	/**
	 * Find the argument.
	 * @param parameter a supported parameter
	 * @param caller the caller's token, or {@code null} if there is none
	 * @param acting the organization of the request, or {@code null} if it acts in none
	 * @return the argument, {@code null} only where the parameter may be
	 * @throws RefusedException if the parameter requires a value that is missing
	 */
	public static @Nullable Object resolve(MethodParameter parameter, @Nullable AccessToken caller,
			@Nullable Organization acting) {
		Refusal refusal = refuse(parameter, caller, acting);
		if (refusal != null) {
			throw new RefusedException(refusal);
		}
		Object argument = argument(type(parameter), caller, acting);
		return (parameter.getParameterType() == Optional.class) ? Optional.ofNullable(argument) : argument;
	}

	/**
	 * Return the refusal if a parameter requires a value that is missing.
	 * @param parameter a supported parameter
	 * @param caller the caller's token, or {@code null} if there is none
	 * @param acting the organization of the request, or {@code null} if it acts in none
	 * @return why the call is refused, or {@code null} if the value is present or
	 * optional
	 */
	public static @Nullable Refusal refuse(MethodParameter parameter, @Nullable AccessToken caller,
			@Nullable Organization acting) {
		boolean missing = !parameter.isOptional() && argument(type(parameter), caller, acting) == null;
		return missing ? Refusal.of(missing(caller)) : null;
	}

	private static @Nullable Object argument(Class<?> type, @Nullable AccessToken caller,
			@Nullable Organization acting) {
		if (type == Organization.class) {
			return acting;
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
