/**
 * Tests of keeping organizations apart.
 */
@NullMarked
package dev.authstarter.organization;

import org.jspecify.annotations.NullMarked;
