/**
 * Tests of what attacks on data send and look for.
 */
@NullMarked
package dev.authstarter.test.attack.data;

import org.jspecify.annotations.NullMarked;
