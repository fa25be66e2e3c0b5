/**
 * Which status, headers and body does a refusal have?
 */
@NullMarked
package dev.authstarter.refusal;

import org.jspecify.annotations.NullMarked;
