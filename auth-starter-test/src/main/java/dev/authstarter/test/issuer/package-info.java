/**
 * A local issuer whose keys, documents and failures a test controls.
 */
@NullMarked
package dev.authstarter.test.issuer;

import org.jspecify.annotations.NullMarked;
