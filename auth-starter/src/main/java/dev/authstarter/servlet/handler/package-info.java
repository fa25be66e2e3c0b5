/**
 * How are guards called before a handler?
 */
@NullMarked
package dev.authstarter.servlet.handler;

import org.jspecify.annotations.NullMarked;
