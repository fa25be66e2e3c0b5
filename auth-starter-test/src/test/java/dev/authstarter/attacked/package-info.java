/**
 * A vulnerable API for tests of the attacks: its checks can be switched off one at a
 * time.
 */
@NullMarked
package dev.authstarter.attacked;

import org.jspecify.annotations.NullMarked;
