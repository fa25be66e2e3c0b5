/**
 * The HTTP server of the local issuer, and its faults.
 */
@NullMarked
package dev.authstarter.test.issuer.http;

import org.jspecify.annotations.NullMarked;
