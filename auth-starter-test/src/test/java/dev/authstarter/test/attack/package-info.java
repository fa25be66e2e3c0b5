/**
 * Tests of the attacks.
 */
@NullMarked
package dev.authstarter.test.attack;

import org.jspecify.annotations.NullMarked;
