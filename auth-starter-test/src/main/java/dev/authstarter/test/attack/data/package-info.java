/**
 * The data of each organization, and how requests refer to it.
 */
@NullMarked
package dev.authstarter.test.attack.data;

import org.jspecify.annotations.NullMarked;
