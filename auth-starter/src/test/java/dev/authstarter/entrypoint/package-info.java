/**
 * Tests of everything that an application serves apart from the handlers of Spring MVC.
 */
@NullMarked
package dev.authstarter.entrypoint;

import org.jspecify.annotations.NullMarked;
