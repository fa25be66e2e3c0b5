/**
 * What does the operator see?
 */
@NullMarked
package dev.authstarter.operations;

import org.jspecify.annotations.NullMarked;
