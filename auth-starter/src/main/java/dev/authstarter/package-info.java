/**
 * The vocabulary an API team imports: annotations, the caller's token and organization,
 * properties.
 */
@NullMarked
package dev.authstarter;

import org.jspecify.annotations.NullMarked;
