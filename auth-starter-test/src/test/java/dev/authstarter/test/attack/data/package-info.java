/**
 * Tests of the data that attacks send and look for.
 */
@NullMarked
package dev.authstarter.test.attack.data;

import org.jspecify.annotations.NullMarked;
