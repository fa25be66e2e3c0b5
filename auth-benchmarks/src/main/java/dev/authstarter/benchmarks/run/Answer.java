package dev.authstarter.benchmarks.run;

/**
 * A response in one or two words.
 */
final class Answer {

	private static final String REASON = "\"reason\":\"";

	private Answer() {
	}

	/** The status, and the reason if there is one: {@code 401 token_expired}. */
	static String of(int status, String body) {
		int reason = body.indexOf(REASON);
		return (status == 200 || reason < 0) ? String.valueOf(status)
				: status + " " + body.substring(reason + REASON.length(), body.indexOf('"', reason + REASON.length()));
	}

}
