/**
 * What does a whole application do under load, and what do all measurements say together?
 */
@NullMarked
package dev.authstarter.benchmarks.run;

import org.jspecify.annotations.NullMarked;
