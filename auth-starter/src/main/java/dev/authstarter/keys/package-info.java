/**
 * Which public keys verify the tokens of this issuer?
 */
@NullMarked
package dev.authstarter.keys;

import org.jspecify.annotations.NullMarked;
