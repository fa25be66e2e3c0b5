/**
 * How are caller and organization bound to a request of WebFlux, and to what it calls?
 */
@NullMarked
package dev.authstarter.reactive.context;

import org.jspecify.annotations.NullMarked;
