/**
 * Is an opaque token active, and which claims does its issuer return?
 */
@NullMarked
package dev.authstarter.introspection;

import org.jspecify.annotations.NullMarked;
