/**
 * How is the caller passed to the arguments and the log of a handler?
 */
@NullMarked
package dev.authstarter.servlet.argument;

import org.jspecify.annotations.NullMarked;
