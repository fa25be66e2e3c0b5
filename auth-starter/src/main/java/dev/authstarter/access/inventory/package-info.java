/**
 * Which entry points are there, and is each rule enforced?
 */
@NullMarked
package dev.authstarter.access.inventory;

import org.jspecify.annotations.NullMarked;
