/**
 * An authorization server to try the API with. It runs in an application context of its
 * own and shares nothing with the API but the JVM.
 */
@NullMarked
package dev.authstarter.sample.issuer;

import org.jspecify.annotations.NullMarked;
