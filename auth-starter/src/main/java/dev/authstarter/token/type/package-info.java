/**
 * What kind of token is this, and for whom?
 */
@NullMarked
package dev.authstarter.token.type;

import org.jspecify.annotations.NullMarked;
