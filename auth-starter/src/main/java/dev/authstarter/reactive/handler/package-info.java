/**
 * How are guards called before a handler of WebFlux?
 */
@NullMarked
package dev.authstarter.reactive.handler;

import org.jspecify.annotations.NullMarked;
