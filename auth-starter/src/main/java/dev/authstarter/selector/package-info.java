/**
 * At which place in the claims is a value found?
 */
@NullMarked
package dev.authstarter.selector;

import org.jspecify.annotations.NullMarked;
