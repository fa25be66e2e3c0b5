/**
 * Observations of authentication and authorization on WebFlux.
 */
@NullMarked
package dev.authstarter.reactive.observation;

import org.jspecify.annotations.NullMarked;
