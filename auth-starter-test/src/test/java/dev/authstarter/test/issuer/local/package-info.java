/**
 * Tests of the tokens for local work.
 */
@NullMarked
package dev.authstarter.test.issuer.local;

import org.jspecify.annotations.NullMarked;
