/**
 * How does the issuer on this machine answer over HTTP, and what goes wrong then?
 */
@NullMarked
package dev.authstarter.test.issuer.http;

import org.jspecify.annotations.NullMarked;
