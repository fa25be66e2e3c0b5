/**
 * Tests of the endpoints that are attacked.
 */
@NullMarked
package dev.authstarter.test.attack.endpoint;

import org.jspecify.annotations.NullMarked;
