/**
 * Which requirements must a token meet to be an access token for this API?
 */
@NullMarked
package dev.authstarter.token.check;

import org.jspecify.annotations.NullMarked;
