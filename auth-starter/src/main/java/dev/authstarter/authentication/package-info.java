/**
 * How does Spring Security see the caller?
 */
@NullMarked
package dev.authstarter.authentication;

import org.jspecify.annotations.NullMarked;
