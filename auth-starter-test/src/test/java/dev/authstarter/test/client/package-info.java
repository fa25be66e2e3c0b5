/**
 * Tests of assertions about clients that a project may not have.
 */
@NullMarked
package dev.authstarter.test.client;

import org.jspecify.annotations.NullMarked;
