package dev.authstarter.organization;

import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.authstarter.Organization;
import dev.authstarter.Organizations;
import dev.authstarter.jose.PrintableText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Runs tasks for an organization on threads without a request.
 */
public final class UnattendedOrganizations implements Organizations {

	private static final Log logger = LogFactory.getLog(Organizations.class);

	private static final BooleanSupplier TRANSACTION = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			UnattendedOrganizations.class.getClassLoader()) ? new Transactions() : () -> false;

	private final Predicate<String> allowed;

	/**
	 * Create the bean.
	 * @param allowed returns whether the organization with an identifier may use this API
	 */
	public UnattendedOrganizations(Predicate<String> allowed) {
		this.allowed = allowed;
	}

	@Override
	public void runAs(String id, String reason, Runnable task) {
		SecurityContext outer = enter(id, reason);
		try {
			task.run();
		}
		finally {
			leave(outer);
		}
	}

	@Override
	public <T> T callAs(String id, String reason, Callable<T> task) throws Exception {
		SecurityContext outer = enter(id, reason);
		try {
			return task.call();
		}
		finally {
			leave(outer);
		}
	}

	private SecurityContext enter(String id, String reason) {
		Assert.hasText(id, "The identifier of the organization is blank");
		Assert.hasText(reason, "The reason is blank");
		SecurityContext outer = SecurityContextHolder.getContext();
		if (outer.getAuthentication() != null || isRequest(RequestContextHolder.getRequestAttributes())) {
			throw new IllegalStateException("This thread serves a request or works for its caller, whose token "
					+ "determines the acting organization. Organizations.runAs is for jobs and listeners.");
		}
		if (TRANSACTION.getAsBoolean()) {
			throw new IllegalStateException(
					"A transaction is active, and its session keeps the organization with which "
							+ "it was opened. Begin the transaction inside of Organizations.runAs.");
		}
		if (!this.allowed.test(id)) {
			throw new IllegalArgumentException(
					"The organization is not one of those in 'auth-starter.organization.allowed'");
		}
		logger.info(LogMessage.of(() -> "Acting in organization '%s' without a request: %s"
			.formatted(PrintableText.of(id), PrintableText.of(reason))));
		SecurityContextHolder.setContext(OrganizationSecurityContext.withoutCaller(Organization.of(id)));
		return outer;
	}

	private static void leave(SecurityContext outer) {
		SecurityContextHolder.setContext(outer);
	}

	/**
	 * Tests of Spring keep a {@link ServletWebRequest} on their thread, servers do not.
	 */
	private static boolean isRequest(@Nullable RequestAttributes attributes) {
		return attributes != null && attributes.getClass() != ServletWebRequest.class;
	}

	/**
	 * Loaded only if Spring's transactions are on the class path.
	 */
	private static final class Transactions implements BooleanSupplier {

		@Override
		public boolean getAsBoolean() {
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

	}

}
