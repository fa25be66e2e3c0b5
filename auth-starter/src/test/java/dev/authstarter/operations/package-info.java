/**
 * Tests of metrics, logs, endpoints and the start-up report.
 */
@NullMarked
package dev.authstarter.operations;

import org.jspecify.annotations.NullMarked;
