/**
 * Tests of the machine (client credentials) that calls the API.
 */
@NullMarked
package dev.authstarter.sample.reminder;

import org.jspecify.annotations.NullMarked;
