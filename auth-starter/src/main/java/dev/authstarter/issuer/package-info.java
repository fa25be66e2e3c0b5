/**
 * Which issuers are trusted, and how are they called over HTTP?
 */
@NullMarked
package dev.authstarter.issuer;

import org.jspecify.annotations.NullMarked;
