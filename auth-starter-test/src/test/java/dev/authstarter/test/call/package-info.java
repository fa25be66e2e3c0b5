/**
 * Tests of the assertions about method calls.
 */
@NullMarked
package dev.authstarter.test.call;

import org.jspecify.annotations.NullMarked;
