package dev.authstarter.test.attack.data;

import java.util.Locale;

import dev.authstarter.test.attack.endpoint.Place;

/**
 * The position of a value in a request.
 *
 * @param place the part of the request
 * @param name the name within that part
 */
public record Slot(Place place, String name) {

	/** Whether two names are the same in different spellings. */
	static boolean sameName(String one, String other) {
		return plain(one).equals(plain(other));
	}

	private static String plain(String name) {
		String letters = name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
		return name.regionMatches(true, 0, "X-", 0, 2) ? letters.substring(1) : letters;
	}

	@Override
	public String toString() {
		return "%s '%s'".formatted(this.place, this.name);
	}

}
