/**
 * The keys that the local issuer holds and publishes.
 */
@NullMarked
package dev.authstarter.test.issuer.key;

import org.jspecify.annotations.NullMarked;
