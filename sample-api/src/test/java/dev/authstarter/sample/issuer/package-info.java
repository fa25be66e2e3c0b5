/**
 * Tests of the sample's issuer.
 */
@NullMarked
package dev.authstarter.sample.issuer;

import org.jspecify.annotations.NullMarked;
