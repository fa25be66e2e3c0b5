/**
 * Whose rows does a query see?
 */
@NullMarked
package dev.authstarter.organization.rows;

import org.jspecify.annotations.NullMarked;
