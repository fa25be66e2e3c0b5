/**
 * A machine (client credentials) that calls the API like any other client: it gets its
 * own token and uses none of the API's beans.
 */
@NullMarked
package dev.authstarter.sample.reminder;

import org.jspecify.annotations.NullMarked;
