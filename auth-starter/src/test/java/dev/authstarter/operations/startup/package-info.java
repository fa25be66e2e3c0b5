@NullMarked
package dev.authstarter.operations.startup;

import org.jspecify.annotations.NullMarked;
