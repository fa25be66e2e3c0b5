/**
 * A clinic's appointments API, secured by auth-starter. Organizations are clinics.
 */
@NullMarked
package dev.authstarter.sample;

import org.jspecify.annotations.NullMarked;
