/**
 * In which format does this issuer's provider issue tokens?
 */
@NullMarked
package dev.authstarter.provider;

import org.jspecify.annotations.NullMarked;
