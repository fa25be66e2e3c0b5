package dev.authstarter.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;

/**
 * Auto-configuration that says what is missing. This module does not bring auth-starter
 * itself: an application that had it in its tests alone would look closed there and be
 * open in production.
 */
@AutoConfiguration
@ConditionalOnMissingClass("dev.authstarter.configuration.AuthStarterAutoConfiguration")
final class MissingAuthStarterAutoConfiguration {

	MissingAuthStarterAutoConfiguration() {
		throw new IllegalStateException("This application is not protected: the dependency "
				+ "'dev.authstarter:auth-starter' is missing. Add it beside 'dev.authstarter:auth-starter-test' and "
				+ "not in the scope 'test': production needs it.");
	}

}
