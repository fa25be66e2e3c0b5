/**
 * What belongs to which organization, and how does a request name it?
 */
@NullMarked
package dev.authstarter.test.attack.data;

import org.jspecify.annotations.NullMarked;
