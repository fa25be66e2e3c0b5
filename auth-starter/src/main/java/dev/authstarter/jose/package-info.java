/**
 * Is this a well-formed JWS, and did this key sign it?
 */
@NullMarked
package dev.authstarter.jose;

import org.jspecify.annotations.NullMarked;
