package dev.authstarter.organization;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.jose.PrintableText;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The entries of the logging context (MDC) that name the organization, the subject and
 * the client id of a caller.
 */
public final class CallerLogEntries {

	private static final String ORGANIZATION = "auth.organization";

	private static final String SUBJECT = "auth.subject";

	private static final String CLIENT = "auth.client";

	private CallerLogEntries() {
	}

	/**
	 * Create the entries of a caller.
	 * @param caller the caller, or {@code null} for none
	 * @param organization the organization that the caller acts in, or {@code null} for
	 * none
	 * @return the entries by name, without those that are unknown
	 */
	public static Map<String, String> of(@Nullable AccessToken caller, @Nullable Organization organization) {
		Map<String, String> entries = new LinkedHashMap<>();
		add(ORGANIZATION, (organization != null) ? organization.id() : null, entries);
		add(SUBJECT, (caller != null) ? caller.subject() : null, entries);
		add(CLIENT, (caller != null) ? caller.clientId() : null, entries);
		return entries;
	}

	private static void add(String name, @Nullable String value, Map<String, String> entries) {
		if (value != null) {
			entries.put(name, PrintableText.of(value));
		}
	}

	/**
	 * Set the entries of this thread.
	 * @param entries the entries, in place of those of another caller
	 */
	public static void set(Map<String, String> entries) {
		take();
		entries.forEach(MDC::put);
	}

	/**
	 * Remove the entries of this thread.
	 * @return the removed entries
	 */
	public static Map<String, String> take() {
		Map<String, String> taken = new LinkedHashMap<>();
		for (String name : List.of(ORGANIZATION, SUBJECT, CLIENT)) {
			String value = MDC.get(name);
			if (value != null) {
				taken.put(name, value);
				MDC.remove(name);
			}
		}
		return taken;
	}

}
