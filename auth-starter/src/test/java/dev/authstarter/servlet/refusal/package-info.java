@NullMarked
package dev.authstarter.servlet.refusal;

import org.jspecify.annotations.NullMarked;
