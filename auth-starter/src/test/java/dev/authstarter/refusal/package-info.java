@NullMarked
package dev.authstarter.refusal;

import org.jspecify.annotations.NullMarked;
