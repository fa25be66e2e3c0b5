/**
 * What does the operator see at start-up?
 */
@NullMarked
package dev.authstarter.operations.startup;

import org.jspecify.annotations.NullMarked;
