/**
 * Tests of keys and signatures.
 */
@NullMarked
package dev.authstarter.test.signing;

import org.jspecify.annotations.NullMarked;
