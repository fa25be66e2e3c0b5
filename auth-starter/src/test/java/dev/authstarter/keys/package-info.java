/**
 * Tests of the keys and their life.
 */
@NullMarked
package dev.authstarter.keys;

import org.jspecify.annotations.NullMarked;
