package dev.authstarter.selector;

import org.jspecify.annotations.Nullable;

/**
 * A text in which {@code *} stands for any number of characters, or
 * <code>{client-id}</code> for the client's id.
 */
public final class Glob {

	private static final String CLIENT_ID = "{client-id}";

	private final String text;

	private final String[] parts;

	private final boolean namesClient;

	private Glob(String text, String[] parts, boolean namesClient) {
		this.text = text;
		this.parts = parts;
		this.namesClient = namesClient;
	}

	/**
	 * Parse a glob.
	 * @param text the glob
	 * @return the glob
	 * @throws IllegalArgumentException if it is invalid; the message names the problem
	 */
	public static Glob parse(String text) {
		int client = text.indexOf(CLIENT_ID);
		if (client < 0) {
			if (text.indexOf('{') >= 0) {
				throw new IllegalArgumentException("'{client-id}' is the only placeholder of a value");
			}
			return new Glob(text, text.split("\\*", -1), false);
		}
		String[] around = { text.substring(0, client), text.substring(client + CLIENT_ID.length()) };
		if ((around[0] + around[1]).indexOf('*') >= 0 || around[1].contains(CLIENT_ID)) {
			throw new IllegalArgumentException("'{client-id}' cannot be combined with '*'");
		}
		return new Glob(text, around, true);
	}

	boolean namesClient() {
		return this.namesClient;
	}

	public boolean matches(String value, @Nullable String clientId) {
		String start = this.parts[0];
		String end = this.parts[this.parts.length - 1];
		if (this.namesClient) {
			return clientId != null && value.length() == start.length() + clientId.length() + end.length()
					&& value.startsWith(start) && value.startsWith(clientId, start.length()) && value.endsWith(end);
		}
		if (this.parts.length == 1) {
			return value.equals(start);
		}
		int from = start.length();
		int to = value.length() - end.length();
		if (from > to || !value.startsWith(start) || !value.endsWith(end)) {
			return false;
		}
		for (int i = 1; i < this.parts.length - 1; i++) {
			int at = value.indexOf(this.parts[i], from);
			from = at + this.parts[i].length();
			if (at < 0 || from > to) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
