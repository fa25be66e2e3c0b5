/**
 * The examples of {@code docs/extending.md}, in one application.
 */
@NullMarked
package dev.authstarter.example;

import org.jspecify.annotations.NullMarked;
