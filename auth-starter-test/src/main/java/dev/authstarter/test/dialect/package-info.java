/**
 * How does the provider of the application write what a token shall say?
 */
@NullMarked
package dev.authstarter.test.dialect;

import org.jspecify.annotations.NullMarked;
