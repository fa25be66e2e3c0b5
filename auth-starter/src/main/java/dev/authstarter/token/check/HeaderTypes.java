package dev.authstarter.token.check;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The values of the header {@code typ} that an access token may have (RFC 7515 section
 * 4.1.9), compared without regard to case and to a leading {@code application/}. The
 * empty type stands for an absent header.
 */
public final class HeaderTypes {

	/** The type of access tokens (RFC 9068 section 2.1). */
	static final String ACCESS_TOKEN = "at+jwt";

	private static final String APPLICATION = "application/";

	private final String[] types;

	public HeaderTypes(List<String> types) {
		this.types = types.stream().map(HeaderTypes::stripped).toArray(String[]::new);
	}

	/**
	 * Find the allowed type that a header names.
	 * @param header the JOSE header
	 * @return the type, or {@code null} if it is not allowed
	 */
	@Nullable String find(Map<String, Object> header) {
		Object value = header.get("typ");
		if (value != null && !(value instanceof String)) {
			return null;
		}
		String stripped = (value instanceof String text) ? stripped(text) : "";
		for (String type : this.types) {
			if (type.equalsIgnoreCase(stripped)) {
				return type;
			}
		}
		return null;
	}

	/** Return whether types other than that of RFC 9068 are allowed. */
	public boolean needProof() {
		for (String type : this.types) {
			if (!isAccessToken(type)) {
				return true;
			}
		}
		return false;
	}

	static boolean isAccessToken(String type) {
		return type.equalsIgnoreCase(ACCESS_TOKEN);
	}

	static String stripped(String type) {
		boolean application = type.length() > APPLICATION.length()
				&& type.regionMatches(true, 0, APPLICATION, 0, APPLICATION.length());
		return application ? type.substring(APPLICATION.length()) : type;
	}

}
