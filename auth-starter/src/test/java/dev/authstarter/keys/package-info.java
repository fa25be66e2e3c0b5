/**
 * Tests of fetching, caching and replacing keys.
 */
@NullMarked
package dev.authstarter.keys;

import org.jspecify.annotations.NullMarked;
