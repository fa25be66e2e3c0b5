/**
 * Which beans does a WebFlux application get?
 */
@NullMarked
package dev.authstarter.reactive;

import org.jspecify.annotations.NullMarked;
