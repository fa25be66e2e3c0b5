@NullMarked
package dev.authstarter.selector;

import org.jspecify.annotations.NullMarked;
