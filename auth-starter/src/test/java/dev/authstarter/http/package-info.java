/**
 * Tests of the bounds within which other servers are asked.
 */
@NullMarked
package dev.authstarter.http;

import org.jspecify.annotations.NullMarked;
