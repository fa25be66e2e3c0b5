/**
 * How are token policy and rules applied to requests of WebFlux applications?
 */
@NullMarked
package dev.authstarter.reactive;

import org.jspecify.annotations.NullMarked;
