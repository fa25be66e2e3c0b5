/**
 * Whose tokens do we trust, and how do we reach them?
 */
@NullMarked
package dev.authstarter.issuer;

import org.jspecify.annotations.NullMarked;
