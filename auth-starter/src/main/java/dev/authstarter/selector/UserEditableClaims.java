package dev.authstarter.selector;

import java.util.Locale;
import java.util.Set;

/**
 * Claims that users of some provider can write themselves. If grants, organizations, the
 * subject, the client or the caller type are read from one of them, callers can choose
 * their own.
 */
public final class UserEditableClaims {

	/** Supabase, Auth0, Clerk: at any position of a path. */
	private static final Set<String> METADATA = Set.of("user_metadata", "usermetadata", "raw_user_meta_data",
			"unsafe_metadata", "unsafemetadata");

	/** OpenID Connect Core section 5.1 and Entra ID. */
	private static final Set<String> PROFILE = Set.of("preferred_username", "username", "user_name", "unique_name",
			"upn", "email", "emails", "mail", "name", "given_name", "family_name", "middle_name", "nickname", "profile",
			"picture", "website", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "address",
			"cognito:username");

	/** Cognito: writable if the app client may write the attribute. */
	private static final String CUSTOM_ATTRIBUTE = "custom:";

	private UserEditableClaims() {
	}

	/**
	 * Return whether a selector reads such a claim, also if its name has a namespace:
	 * https://acme.example/email.
	 * @param selector the selector
	 * @return whether users may write what it finds
	 */
	public static boolean contain(Selector selector) {
		String claim = lowerCase(selector.names().get(0));
		return PROFILE.contains(claim.substring(claim.lastIndexOf('/') + 1)) || claim.startsWith(CUSTOM_ATTRIBUTE)
				|| selector.names().stream().anyMatch(UserEditableClaims::isMetadata);
	}

	/**
	 * Return whether a claim, in lower case, describes a person (OpenID Connect Core
	 * section 5.1).
	 */
	public static boolean isProfile(String claim) {
		return PROFILE.contains(claim);
	}

	/** Also as the last part of a namespaced name: https://acme.example/user_metadata. */
	private static boolean isMetadata(String name) {
		String lower = lowerCase(name);
		return METADATA.contains(lower.substring(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('.')) + 1));
	}

	private static String lowerCase(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
