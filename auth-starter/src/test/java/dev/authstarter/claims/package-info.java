/**
 * Tests of claim mapping.
 */
@NullMarked
package dev.authstarter.claims;

import org.jspecify.annotations.NullMarked;
