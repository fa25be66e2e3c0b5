/**
 * In which organizations is the caller a member by the application's own store?
 */
@NullMarked
package dev.authstarter.membership;

import org.jspecify.annotations.NullMarked;
