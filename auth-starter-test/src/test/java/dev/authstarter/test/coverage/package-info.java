/**
 * Tests of the coverage of handlers.
 */
@NullMarked
package dev.authstarter.test.coverage;

import org.jspecify.annotations.NullMarked;
