/**
 * Tests of the local issuer.
 */
@NullMarked
package dev.authstarter.test.issuer;

import org.jspecify.annotations.NullMarked;
