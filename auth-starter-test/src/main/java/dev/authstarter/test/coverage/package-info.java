/**
 * Reports which handlers the tests have called, with allowed and with refused callers.
 */
@NullMarked
package dev.authstarter.test.coverage;

import org.jspecify.annotations.NullMarked;
