/**
 * Tests of the issuer for local development.
 */
@NullMarked
package dev.authstarter.test.issuer.local;

import org.jspecify.annotations.NullMarked;
