/**
 * For which organization is this request, and may the caller act there?
 */
@NullMarked
package dev.authstarter.organization;

import org.jspecify.annotations.NullMarked;
