/**
 * What does the issuer say of an opaque token?
 */
@NullMarked
package dev.authstarter.introspection;

import org.jspecify.annotations.NullMarked;
