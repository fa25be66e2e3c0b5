@NullMarked
package dev.authstarter.event;

import org.jspecify.annotations.NullMarked;
