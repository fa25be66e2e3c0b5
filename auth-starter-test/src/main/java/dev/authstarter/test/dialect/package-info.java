/**
 * Writes tokens in the format of the application's provider.
 */
@NullMarked
package dev.authstarter.test.dialect;

import org.jspecify.annotations.NullMarked;
