/**
 * What does a WebFlux application serve, and what of it could not be enforced?
 */
@NullMarked
package dev.authstarter.reactive.startup;

import org.jspecify.annotations.NullMarked;
