/**
 * May this caller call this handler?
 */
@NullMarked
package dev.authstarter.access;

import org.jspecify.annotations.NullMarked;
