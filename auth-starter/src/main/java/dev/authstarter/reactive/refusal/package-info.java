/**
 * How is a refusal written to a response of WebFlux?
 */
@NullMarked
package dev.authstarter.reactive.refusal;

import org.jspecify.annotations.NullMarked;
