/**
 * How does this issuer's provider write its tokens?
 */
@NullMarked
package dev.authstarter.provider;

import org.jspecify.annotations.NullMarked;
