package dev.authstarter.configuration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Stops the start under a version of Spring Boot that has other classes than those that
 * this library was built with. It needs no class that Spring Boot 2, 3 and 4 do not have,
 * and runs before any auto-configuration is read.
 */
final class BootVersionCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

	private static final int MAJOR = 4;

	private static final int OLDEST_MINOR = 1;

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		require(SpringBootVersion.getVersion());
	}

	/**
	 * Require a version that fits.
	 * @param version the version of Spring Boot, or {@code null} if it says none
	 * @throws UnsupportedVersionException if it is another one
	 */
	static void require(@Nullable String version) {
		if (version == null) {
			return;
		}
		String[] parts = version.split("\\.", 3);
		boolean fits = parts.length > 1 && parts[0].equals(String.valueOf(MAJOR)) && parts[1].matches("[0-9]{1,4}")
				&& Integer.parseInt(parts[1]) >= OLDEST_MINOR;
		if (!fits) {
			throw new UnsupportedVersionException(version);
		}
	}

	/**
	 * Thrown while the application starts under another version.
	 */
	@SuppressWarnings("serial")
	static final class UnsupportedVersionException extends RuntimeException {

		UnsupportedVersionException(String found) {
			super("auth-starter needs Spring Boot %d.%d or a newer %1$d.x, and this is Spring Boot %s.".formatted(MAJOR,
					OLDEST_MINOR, found));
		}

	}

}
