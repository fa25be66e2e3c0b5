/**
 * An authorization server for trying out the API. It runs in an application context of
 * its own and shares only the JVM with the API.
 */
@NullMarked
package dev.authstarter.sample.issuer;

import org.jspecify.annotations.NullMarked;
