/**
 * How does the OpenAPI document describe rules and refusals?
 */
@NullMarked
package dev.authstarter.openapi;

import org.jspecify.annotations.NullMarked;
