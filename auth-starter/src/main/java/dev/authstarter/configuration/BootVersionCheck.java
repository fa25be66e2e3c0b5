package dev.authstarter.configuration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Fails start-up under an unsupported version of Spring Boot. It uses only classes that
 * exist in Spring Boot 2, 3 and 4, and runs before any auto-configuration is read.
 */
final class BootVersionCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

	private static final int MAJOR = 4;

	private static final int OLDEST_MINOR = 1;

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		require(SpringBootVersion.getVersion());
	}

	/**
	 * Require a supported version.
	 * @param version the version of Spring Boot, or {@code null} if it is unknown
	 * @throws UnsupportedVersionException if it is not supported
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
	 * Thrown while the application starts under an unsupported version.
	 */
	@SuppressWarnings("serial")
	static final class UnsupportedVersionException extends RuntimeException {

		UnsupportedVersionException(String found) {
			super("auth-starter needs Spring Boot %d.%d or a newer %1$d.x, and this is Spring Boot %s.".formatted(MAJOR,
					OLDEST_MINOR, found));
		}

	}

}
