/**
 * Tests of the effect that properties of Spring Boot and beans of Spring Security have in
 * an application with this library.
 */
@NullMarked
package dev.authstarter.seam;

import org.jspecify.annotations.NullMarked;
