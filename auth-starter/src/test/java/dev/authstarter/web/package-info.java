/**
 * Tests of how HTTP says it.
 */
@NullMarked
package dev.authstarter.web;

import org.jspecify.annotations.NullMarked;
