/**
 * Tests of the separation of organizations.
 */
@NullMarked
package dev.authstarter.organization;

import org.jspecify.annotations.NullMarked;
