package dev.authstarter.organization.rows;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Refuses access to rows. Spring Security finds it among the causes of the exception that
 * a transaction throws. Its message is for the log of the application; a client receives
 * only the reason.
 */
@SuppressWarnings("serial")
final class RowRefusedException extends AccessDeniedException implements Refused {

	private final Refusal refusal;

	private final @Nullable String method;

	private RowRefusedException(Reason reason, @Nullable String method, String message) {
		super(message);
		this.refusal = Refusal.of(reason);
		this.method = method;
	}

	/** A write without an acting organization of a row that belongs to one. */
	static RowRefusedException withoutOrganization(String entity, String operation) {
		return new RowRefusedException(isUnauthenticated() ? Reason.MISSING_TOKEN : Reason.ORGANIZATION_MISSING, entity,
				("No organization acts in this session, so its %s of '%s', whose rows belong to organizations, is "
						+ "denied. A request acts in the organization of its path or its token; the caller must be "
						+ "propagated to other threads; a job must run its transaction inside of Organizations.runAs.")
					.formatted(operation, entity));
	}

	/** A write of a row of another organization. */
	static RowRefusedException foreign(String entity, String operation) {
		return new RowRefusedException(Reason.ORGANIZATION_MISMATCH, entity,
				("The %s of '%s' is denied: it does not state that the row belongs to the acting organization. Read "
						+ "the row first.")
					.formatted(operation, entity));
	}

	/** The acting organization can have no rows. */
	static RowRefusedException unconvertible(RowIdentifier type) {
		return new RowRefusedException(Reason.ORGANIZATION_REFUSED, null,
				"The identifier of the acting organization cannot be converted to the type of the attributes with "
						+ "@TenantId, %s.".formatted(type));
	}

	/**
	 * Also true on a thread that lost its caller: the two cases cannot be distinguished.
	 */
	private static boolean isUnauthenticated() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return caller == null || caller instanceof AnonymousAuthenticationToken;
	}

	@Override
	public Refusal refusal() {
		return this.refusal;
	}

	@Override
	public @Nullable String method() {
		return this.method;
	}

}
