/**
 * What does one operation cost, as JMH measures it?
 */
@NullMarked
package dev.authstarter.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
