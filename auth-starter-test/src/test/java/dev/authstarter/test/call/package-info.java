/**
 * Tests of assertions about calls.
 */
@NullMarked
package dev.authstarter.test.call;

import org.jspecify.annotations.NullMarked;
