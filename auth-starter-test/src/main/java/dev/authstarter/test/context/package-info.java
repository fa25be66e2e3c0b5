/**
 * Help for tests whose context lacks what they inject.
 */
@NullMarked
package dev.authstarter.test.context;

import org.jspecify.annotations.NullMarked;
