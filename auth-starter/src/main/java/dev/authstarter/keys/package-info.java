/**
 * Which public keys may sign for this issuer?
 */
@NullMarked
package dev.authstarter.keys;

import org.jspecify.annotations.NullMarked;
