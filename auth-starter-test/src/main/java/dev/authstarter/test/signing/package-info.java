/**
 * The keys and algorithms that sign forged tokens.
 */
@NullMarked
package dev.authstarter.test.signing;

import org.jspecify.annotations.NullMarked;
