/**
 * Tests of who may call what.
 */
@NullMarked
package dev.authstarter.access;

import org.jspecify.annotations.NullMarked;
