/**
 * What reaches the arguments and the log of a handler?
 */
@NullMarked
package dev.authstarter.servlet.argument;

import org.jspecify.annotations.NullMarked;
