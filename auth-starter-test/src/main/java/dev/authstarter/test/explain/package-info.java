/**
 * A program that explains why a token is accepted or refused.
 */
@NullMarked
package dev.authstarter.test.explain;

import org.jspecify.annotations.NullMarked;
