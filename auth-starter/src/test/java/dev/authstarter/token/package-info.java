/**
 * Tests of which tokens are accepted.
 */
@NullMarked
package dev.authstarter.token;

import org.jspecify.annotations.NullMarked;
