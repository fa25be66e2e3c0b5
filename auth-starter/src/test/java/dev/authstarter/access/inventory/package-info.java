@NullMarked
package dev.authstarter.access.inventory;

import org.jspecify.annotations.NullMarked;
