/**
 * Which organizations and roles does the application's own store add to a caller?
 */
@NullMarked
package dev.authstarter.membership;

import org.jspecify.annotations.NullMarked;
