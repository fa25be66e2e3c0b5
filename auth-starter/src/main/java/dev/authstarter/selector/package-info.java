/**
 * Where in the claims does a fact stand?
 */
@NullMarked
package dev.authstarter.selector;

import org.jspecify.annotations.NullMarked;
