/**
 * What an API that auth-starter secures does over HTTP while its issuer rotates, fails,
 * lies or is slow.
 */
@NullMarked
package dev.authstarter.blackbox;

import org.jspecify.annotations.NullMarked;
