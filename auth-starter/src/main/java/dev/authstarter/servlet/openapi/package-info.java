/**
 * How does the OpenAPI document describe rules and refusals?
 */
@NullMarked
package dev.authstarter.servlet.openapi;

import org.jspecify.annotations.NullMarked;
