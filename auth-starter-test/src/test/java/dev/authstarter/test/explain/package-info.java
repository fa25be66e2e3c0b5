@NullMarked
package dev.authstarter.test.explain;

import org.jspecify.annotations.NullMarked;
