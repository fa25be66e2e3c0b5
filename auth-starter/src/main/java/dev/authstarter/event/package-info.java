/**
 * Which events does the library publish to listeners?
 */
@NullMarked
package dev.authstarter.event;

import org.jspecify.annotations.NullMarked;
