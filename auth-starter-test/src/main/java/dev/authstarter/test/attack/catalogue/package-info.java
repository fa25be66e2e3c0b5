/**
 * Which attacks are there, and what does each send?
 */
@NullMarked
package dev.authstarter.test.attack.catalogue;

import org.jspecify.annotations.NullMarked;
