@NullMarked
package dev.authstarter.reactive;

import org.jspecify.annotations.NullMarked;
