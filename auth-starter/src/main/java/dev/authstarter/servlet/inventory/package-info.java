/**
 * Which handlers does a servlet application have?
 */
@NullMarked
package dev.authstarter.servlet.inventory;

import org.jspecify.annotations.NullMarked;
