/**
 * Which organization is this request for, and may the caller act in it?
 */
@NullMarked
package dev.authstarter.organization;

import org.jspecify.annotations.NullMarked;
