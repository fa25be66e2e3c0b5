/**
 * Tests of the library as a whole: its structure, its documents and its configuration.
 */
@NullMarked
package dev.authstarter;

import org.jspecify.annotations.NullMarked;
