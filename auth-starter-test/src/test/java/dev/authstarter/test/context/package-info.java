@NullMarked
package dev.authstarter.test.context;

import org.jspecify.annotations.NullMarked;
