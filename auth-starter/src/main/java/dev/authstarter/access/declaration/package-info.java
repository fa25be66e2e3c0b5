/**
 * What do annotations and properties demand of callers?
 */
@NullMarked
package dev.authstarter.access.declaration;

import org.jspecify.annotations.NullMarked;
