/**
 * How is it configured?
 */
@NullMarked
package dev.authstarter.configuration;

import org.jspecify.annotations.NullMarked;
