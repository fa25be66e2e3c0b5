/**
 * The page at the root of the API. It calls the API like any other client and can do
 * nothing without a token.
 */
@NullMarked
package dev.authstarter.sample.page;

import org.jspecify.annotations.NullMarked;
