/**
 * How are the rules of beans enforced?
 */
@NullMarked
package dev.authstarter.access.interception;

import org.jspecify.annotations.NullMarked;
