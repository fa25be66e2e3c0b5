/**
 * What becomes of the ways in which Spring Boot and Spring Security are extended.
 */
@NullMarked
package dev.authstarter.seam;

import org.jspecify.annotations.NullMarked;
