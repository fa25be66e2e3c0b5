/**
 * HTML pages of the applications that run beside the API.
 */
@NullMarked
package dev.authstarter.sample.html;

import org.jspecify.annotations.NullMarked;
