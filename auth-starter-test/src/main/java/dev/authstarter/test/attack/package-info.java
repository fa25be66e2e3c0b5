/**
 * Attacks on every endpoint of the application under test.
 */
@NullMarked
package dev.authstarter.test.attack;

import org.jspecify.annotations.NullMarked;
