/**
 * How are the claims of a token mapped to an {@code AccessToken}?
 */
@NullMarked
package dev.authstarter.claims;

import org.jspecify.annotations.NullMarked;
