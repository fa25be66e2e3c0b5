@NullMarked
package dev.authstarter.authentication;

import org.jspecify.annotations.NullMarked;
