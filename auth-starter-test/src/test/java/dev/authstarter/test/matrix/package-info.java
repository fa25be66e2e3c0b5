/**
 * Tests of the access matrix.
 */
@NullMarked
package dev.authstarter.test.matrix;

import org.jspecify.annotations.NullMarked;
