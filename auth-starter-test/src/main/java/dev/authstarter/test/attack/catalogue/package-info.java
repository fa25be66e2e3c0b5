/**
 * The catalogue of attacks, and the requests that they send.
 */
@NullMarked
package dev.authstarter.test.attack.catalogue;

import org.jspecify.annotations.NullMarked;
