/**
 * Tests of rows that belong to organizations, with identifiers of every type.
 */
@NullMarked
package dev.authstarter.rows;

import org.jspecify.annotations.NullMarked;
