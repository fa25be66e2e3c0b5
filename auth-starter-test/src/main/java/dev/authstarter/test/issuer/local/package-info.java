/**
 * Which tokens does a developer get from the issuer on this machine, and how?
 */
@NullMarked
package dev.authstarter.test.issuer.local;

import org.jspecify.annotations.NullMarked;
