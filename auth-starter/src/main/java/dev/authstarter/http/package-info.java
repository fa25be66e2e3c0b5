/**
 * How do we ask another server, within bounds?
 */
@NullMarked
package dev.authstarter.http;

import org.jspecify.annotations.NullMarked;
