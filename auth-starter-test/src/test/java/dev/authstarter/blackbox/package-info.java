/**
 * Tests of a secured API over HTTP while its issuer rotates keys, fails, sends wrong
 * answers or is slow.
 */
@NullMarked
package dev.authstarter.blackbox;

import org.jspecify.annotations.NullMarked;
