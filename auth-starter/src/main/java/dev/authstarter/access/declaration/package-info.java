/**
 * Which rules do annotations and properties declare?
 */
@NullMarked
package dev.authstarter.access.declaration;

import org.jspecify.annotations.NullMarked;
