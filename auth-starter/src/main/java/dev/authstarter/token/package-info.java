/**
 * Is this a valid access token for this API?
 */
@NullMarked
package dev.authstarter.token;

import org.jspecify.annotations.NullMarked;
