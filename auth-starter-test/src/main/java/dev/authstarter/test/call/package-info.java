/**
 * Assertions about refused calls of services.
 */
@NullMarked
package dev.authstarter.test.call;

import org.jspecify.annotations.NullMarked;
