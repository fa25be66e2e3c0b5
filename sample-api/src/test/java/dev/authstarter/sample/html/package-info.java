/**
 * Tests of the HTML pages.
 */
@NullMarked
package dev.authstarter.sample.html;

import org.jspecify.annotations.NullMarked;
