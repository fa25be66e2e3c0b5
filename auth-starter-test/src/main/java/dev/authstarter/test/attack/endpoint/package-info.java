/**
 * The endpoints that can be attacked, and what each requires.
 */
@NullMarked
package dev.authstarter.test.attack.endpoint;

import org.jspecify.annotations.NullMarked;
