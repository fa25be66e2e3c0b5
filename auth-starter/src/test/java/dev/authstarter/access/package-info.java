/**
 * Tests of access rules.
 */
@NullMarked
package dev.authstarter.access;

import org.jspecify.annotations.NullMarked;
