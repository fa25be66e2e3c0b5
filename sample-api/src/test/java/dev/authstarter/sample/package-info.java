/**
 * Tests of the sample, which is the acceptance test of auth-starter.
 */
@NullMarked
package dev.authstarter.sample;

import org.jspecify.annotations.NullMarked;
