/**
 * How are the responses of clients looked at that a project may not have?
 */
@NullMarked
package dev.authstarter.test.client;

import org.jspecify.annotations.NullMarked;
