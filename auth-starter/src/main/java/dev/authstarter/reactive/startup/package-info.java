/**
 * Which handlers does a WebFlux application have, and can their rules be enforced?
 */
@NullMarked
package dev.authstarter.reactive.startup;

import org.jspecify.annotations.NullMarked;
