/**
 * How are the claims of a token read?
 */
@NullMarked
package dev.authstarter.claims;

import org.jspecify.annotations.NullMarked;
