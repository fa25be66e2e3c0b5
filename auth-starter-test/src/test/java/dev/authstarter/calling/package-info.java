/**
 * The recipes for WebFlux of {@code docs/calling-other-apis.md}, in a separate
 * application.
 */
@NullMarked
package dev.authstarter.calling;

import org.jspecify.annotations.NullMarked;
