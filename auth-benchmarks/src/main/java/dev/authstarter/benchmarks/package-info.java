/**
 * What does security cost per request?
 */
@NullMarked
package dev.authstarter.benchmarks;

import org.jspecify.annotations.NullMarked;
