/**
 * How are requests of WebFlux applications held to the same policy and rules?
 */
@NullMarked
package dev.authstarter.reactive;

import org.jspecify.annotations.NullMarked;
