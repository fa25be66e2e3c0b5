/**
 * How is the caller represented in Spring Security?
 */
@NullMarked
package dev.authstarter.authentication;

import org.jspecify.annotations.NullMarked;
