/**
 * Which handlers the tests have tried, with callers who are allowed and with callers who
 * are refused.
 */
@NullMarked
package dev.authstarter.test.coverage;

import org.jspecify.annotations.NullMarked;
