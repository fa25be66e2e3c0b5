@NullMarked
package dev.authstarter.introspection;

import org.jspecify.annotations.NullMarked;
