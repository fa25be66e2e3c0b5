/**
 * How are queries limited to the rows of the acting organization?
 */
@NullMarked
package dev.authstarter.organization.rows;

import org.jspecify.annotations.NullMarked;
