/**
 * Tests of the selectors read backwards.
 */
@NullMarked
package dev.authstarter.test.dialect;

import org.jspecify.annotations.NullMarked;
