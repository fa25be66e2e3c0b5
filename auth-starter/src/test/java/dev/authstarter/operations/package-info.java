/**
 * Tests of what the operator sees.
 */
@NullMarked
package dev.authstarter.operations;

import org.jspecify.annotations.NullMarked;
