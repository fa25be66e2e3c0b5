/**
 * Was the call of a service refused, and why?
 */
@NullMarked
package dev.authstarter.test.call;

import org.jspecify.annotations.NullMarked;
