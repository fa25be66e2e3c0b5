/**
 * Tests of the assertions about responses of optional HTTP clients.
 */
@NullMarked
package dev.authstarter.test.client;

import org.jspecify.annotations.NullMarked;
