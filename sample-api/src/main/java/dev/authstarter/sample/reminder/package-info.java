/**
 * A machine that calls the API like anybody else: it gets its own token and knows nothing
 * of the API's beans.
 */
@NullMarked
package dev.authstarter.sample.reminder;

import org.jspecify.annotations.NullMarked;
