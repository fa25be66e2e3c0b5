@NullMarked
package dev.authstarter.issuer;

import org.jspecify.annotations.NullMarked;
