/**
 * Tests of the forge, over a tiny application.
 */
@NullMarked
package dev.authstarter.test;

import org.jspecify.annotations.NullMarked;
