/**
 * An API with data of several organizations for tests of the attacks: its separation of
 * organizations can be switched off.
 */
@NullMarked
package dev.authstarter.attacked.data;

import org.jspecify.annotations.NullMarked;
