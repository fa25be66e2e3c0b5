/**
 * Which keys does the issuer on this machine hold, and which does it publish?
 */
@NullMarked
package dev.authstarter.test.issuer.key;

import org.jspecify.annotations.NullMarked;
