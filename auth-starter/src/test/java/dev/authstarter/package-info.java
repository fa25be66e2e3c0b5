/**
 * Tests of the house as a whole: its shape, its configuration.
 */
@NullMarked
package dev.authstarter;

import org.jspecify.annotations.NullMarked;
