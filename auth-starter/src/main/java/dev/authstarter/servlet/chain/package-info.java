/**
 * Which filter chains are there, and how do they read tokens?
 */
@NullMarked
package dev.authstarter.servlet.chain;

import org.jspecify.annotations.NullMarked;
