@NullMarked
package dev.authstarter.jose;

import org.jspecify.annotations.NullMarked;
