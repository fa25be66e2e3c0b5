/**
 * Tests of rows of organizations, with tenant identifiers of every type.
 */
@NullMarked
package dev.authstarter.rows;

import org.jspecify.annotations.NullMarked;
