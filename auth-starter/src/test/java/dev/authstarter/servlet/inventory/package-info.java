@NullMarked
package dev.authstarter.servlet.inventory;

import org.jspecify.annotations.NullMarked;
