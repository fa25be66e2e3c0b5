package dev.authstarter.configuration;

import dev.authstarter.configuration.BootVersionCheck.UnsupportedVersionException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports which version of Spring Boot is needed and where to set it.
 */
final class BootVersionFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedVersionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedVersionException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Set the version of 'spring-boot-starter-parent', of 'spring-boot-dependencies' or of the Gradle plugin "
						+ "'org.springframework.boot' to 4.1.1 or newer, or remove auth-starter.",
				cause);
	}

}
