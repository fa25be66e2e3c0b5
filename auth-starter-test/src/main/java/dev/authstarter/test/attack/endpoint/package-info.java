/**
 * Which endpoints can be attacked, and what does each demand?
 */
@NullMarked
package dev.authstarter.test.attack.endpoint;

import org.jspecify.annotations.NullMarked;
