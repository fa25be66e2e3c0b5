/**
 * An API with the data of several organizations, which keeps them apart or, on purpose,
 * does not.
 */
@NullMarked
package dev.authstarter.attacked.data;

import org.jspecify.annotations.NullMarked;
