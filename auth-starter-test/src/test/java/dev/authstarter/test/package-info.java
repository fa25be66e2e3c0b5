/**
 * Tests of forged tokens, in a small application.
 */
@NullMarked
package dev.authstarter.test;

import org.jspecify.annotations.NullMarked;
