/**
 * Tests of the page in a browser.
 */
@NullMarked
package dev.authstarter.sample.page;

import org.jspecify.annotations.NullMarked;
