package dev.authstarter;

import java.util.concurrent.Callable;

/**
 * Runs tasks for an organization outside of requests: in jobs, message listeners and
 * commands. Inject it as a bean. Each use is logged with its reason. The task runs with
 * the organization and without a caller, so that methods with a rule deny it.
 * <p>
 * It throws an exception on a thread that serves a request or has a caller, because the
 * caller's token determines the organization there.
 */
public interface Organizations {

	/**
	 * Run a task for an organization. Begin transactions inside the task: a Hibernate
	 * session keeps the organization with which it was opened.
	 * @param id the organization's identifier; it must be allowed
	 * ({@code auth-starter.organization.allowed}) by one issuer at least
	 * @param reason the reason for the log, a constant text of one line
	 * @param task the task
	 * @throws IllegalArgumentException if the identifier or the reason is blank, or the
	 * organization is not allowed
	 * @throws IllegalStateException on a thread that serves a request or that has a
	 * caller, and within a transaction
	 */
	void runAs(String id, String reason, Runnable task);

	/**
	 * Run a task for an organization, and return its result. Otherwise it behaves like
	 * {@link #runAs}.
	 * @param <T> the type of the result
	 * @param id the organization's identifier
	 * @param reason the reason for the log
	 * @param task the task
	 * @return what the task returns
	 * @throws Exception what the task throws
	 */
	<T> T callAs(String id, String reason, Callable<T> task) throws Exception;

}
