/**
 * An issuer on this machine whose keys, documents and failures a test controls.
 */
@NullMarked
package dev.authstarter.test.issuer;

import org.jspecify.annotations.NullMarked;
