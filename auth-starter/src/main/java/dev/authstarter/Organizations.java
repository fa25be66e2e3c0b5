package dev.authstarter;

import java.util.concurrent.Callable;

/**
 * Acts for an organization where no request says for which: in jobs, message listeners
 * and commands. A bean to inject. Each use is logged with its reason. What runs has the
 * organization and no caller, so that methods with a rule refuse it.
 * <p>
 * It is for code that nobody calls. A thread that serves a request or that works for its
 * caller is turned away: there the caller's token says which organization it is.
 */
public interface Organizations {

	/**
	 * Run a task for an organization. Transactions belong inside of it: a session of
	 * Hibernate keeps the organization with which it was opened.
	 * @param id the organization's identifier; it must be allowed
	 * ({@code auth-starter.organization.allowed}) by one issuer at least
	 * @param reason why, for the log: a constant text of one line
	 * @param task what to do
	 * @throws IllegalArgumentException if the identifier or the reason is blank, or the
	 * organization is not allowed
	 * @throws IllegalStateException on a thread that serves a request or that has a
	 * caller, and within a transaction
	 */
	void runAs(String id, String reason, Runnable task);

	/**
	 * Run a task for an organization, and return its result. All else is as in
	 * {@link #runAs}.
	 * @param <T> the type of the result
	 * @param id the organization's identifier
	 * @param reason why, for the log
	 * @param task what to do
	 * @return what the task returns
	 * @throws Exception what the task throws
	 */
	<T> T callAs(String id, String reason, Callable<T> task) throws Exception;

}
