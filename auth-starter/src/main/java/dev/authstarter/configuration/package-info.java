/**
 * How is the library configured?
 */
@NullMarked
package dev.authstarter.configuration;

import org.jspecify.annotations.NullMarked;
