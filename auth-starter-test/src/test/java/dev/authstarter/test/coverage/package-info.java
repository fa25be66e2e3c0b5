/**
 * Tests of the report of called handlers.
 */
@NullMarked
package dev.authstarter.test.coverage;

import org.jspecify.annotations.NullMarked;
