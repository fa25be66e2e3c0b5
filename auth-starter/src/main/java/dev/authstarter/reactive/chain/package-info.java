/**
 * Which filter chain do requests of WebFlux pass, and how does it read tokens?
 */
@NullMarked
package dev.authstarter.reactive.chain;

import org.jspecify.annotations.NullMarked;
