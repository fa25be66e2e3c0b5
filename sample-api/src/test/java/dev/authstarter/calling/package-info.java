/**
 * The recipes of {@code docs/calling-other-apis.md}, in an application of their own.
 */
@NullMarked
package dev.authstarter.calling;

import org.jspecify.annotations.NullMarked;
