/**
 * How is a refusal said?
 */
@NullMarked
package dev.authstarter.refusal;

import org.jspecify.annotations.NullMarked;
