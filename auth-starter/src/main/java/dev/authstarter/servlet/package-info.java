/**
 * Which beans does a servlet application get?
 */
@NullMarked
package dev.authstarter.servlet;

import org.jspecify.annotations.NullMarked;
