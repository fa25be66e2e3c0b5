package dev.authstarter.configuration;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Detects by the names of active profiles whether an application runs in production.
 */
public final class ProductionProfile {

	private static final Pattern NAME = Pattern.compile("(.*[^a-z])?(prod|production|prd|live)([^a-z].*)?",
			Pattern.CASE_INSENSITIVE);

	private ProductionProfile() {
	}

	/**
	 * Find an active profile for production, such as {@code prod} or
	 * {@code eu-production}.
	 * @param environment the application's
	 * @return its name, or {@code null} if there is none
	 */
	public static @Nullable String find(Environment environment) {
		for (String profile : environment.getActiveProfiles()) {
			if (NAME.matcher(profile).matches()) {
				return profile;
			}
		}
		return null;
	}

}
