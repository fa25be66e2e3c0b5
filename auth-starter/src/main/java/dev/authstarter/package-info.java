/**
 * The public API: annotations, the caller's token and organization, and refusals.
 */
@NullMarked
package dev.authstarter;

import org.jspecify.annotations.NullMarked;
