/**
 * Tests of writing claims with selectors.
 */
@NullMarked
package dev.authstarter.test.dialect;

import org.jspecify.annotations.NullMarked;
