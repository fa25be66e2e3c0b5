/**
 * Where do guards stand before handlers?
 */
@NullMarked
package dev.authstarter.servlet.handler;

import org.jspecify.annotations.NullMarked;
