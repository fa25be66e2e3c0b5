/**
 * Which libraries validate the tokens, and do all of them refuse the same?
 */
@NullMarked
package dev.authstarter.benchmarks.library;

import org.jspecify.annotations.NullMarked;
