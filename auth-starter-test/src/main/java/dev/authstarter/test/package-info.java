/**
 * Tokens and keys for tests that run an API's real security code.
 */
@NullMarked
package dev.authstarter.test;

import org.jspecify.annotations.NullMarked;
