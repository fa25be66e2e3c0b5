/**
 * Who signs a forged token, and with which key?
 */
@NullMarked
package dev.authstarter.test.signing;

import org.jspecify.annotations.NullMarked;
