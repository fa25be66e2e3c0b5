/**
 * What is checked and reported at start-up?
 */
@NullMarked
package dev.authstarter.operations.startup;

import org.jspecify.annotations.NullMarked;
