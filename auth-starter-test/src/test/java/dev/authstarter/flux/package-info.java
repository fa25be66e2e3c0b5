/**
 * Tests of applications of WebFlux, as their teams write them.
 */
@NullMarked
package dev.authstarter.flux;

import org.jspecify.annotations.NullMarked;
