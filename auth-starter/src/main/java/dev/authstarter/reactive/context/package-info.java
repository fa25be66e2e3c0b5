/**
 * How are caller and organization bound to a request of WebFlux?
 */
@NullMarked
package dev.authstarter.reactive.context;

import org.jspecify.annotations.NullMarked;
