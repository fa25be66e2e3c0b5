/**
 * Tests of the web application.
 */
@NullMarked
package dev.authstarter.sample.web;

import org.jspecify.annotations.NullMarked;
