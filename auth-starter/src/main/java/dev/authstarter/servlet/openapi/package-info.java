/**
 * What does the OpenAPI document say of access?
 */
@NullMarked
package dev.authstarter.servlet.openapi;

import org.jspecify.annotations.NullMarked;
