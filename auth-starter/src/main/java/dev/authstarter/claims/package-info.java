/**
 * What does the token say, in our words?
 */
@NullMarked
package dev.authstarter.claims;

import org.jspecify.annotations.NullMarked;
