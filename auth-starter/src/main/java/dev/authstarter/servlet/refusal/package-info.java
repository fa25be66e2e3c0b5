/**
 * How is a refusal written to a servlet response?
 */
@NullMarked
package dev.authstarter.servlet.refusal;

import org.jspecify.annotations.NullMarked;
