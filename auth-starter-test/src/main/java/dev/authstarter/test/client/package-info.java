/**
 * Assertions about responses of HTTP clients that are optional dependencies.
 */
@NullMarked
package dev.authstarter.test.client;

import org.jspecify.annotations.NullMarked;
