/**
 * What is right or wrong with a token, for a developer who has one.
 */
@NullMarked
package dev.authstarter.test.explain;

import org.jspecify.annotations.NullMarked;
