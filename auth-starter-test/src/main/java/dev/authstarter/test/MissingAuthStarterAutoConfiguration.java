package dev.authstarter.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;

/**
 * Auto-configuration that fails with a message if auth-starter is missing. This module
 * does not bring auth-starter itself: an application with auth-starter only on its test
 * class path would be protected in tests and unprotected in production.
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
