@NullMarked
package dev.authstarter.reactive.chain;

import org.jspecify.annotations.NullMarked;
