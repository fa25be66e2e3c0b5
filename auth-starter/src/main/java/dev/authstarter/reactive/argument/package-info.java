/**
 * How is the caller passed to the arguments of a handler of WebFlux?
 */
@NullMarked
package dev.authstarter.reactive.argument;

import org.jspecify.annotations.NullMarked;
