/**
 * Tests of the machine.
 */
@NullMarked
package dev.authstarter.sample.reminder;

import org.jspecify.annotations.NullMarked;
