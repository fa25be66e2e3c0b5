/**
 * How does HTTP say it?
 */
@NullMarked
package dev.authstarter.web;

import org.jspecify.annotations.NullMarked;
