@NullMarked
package dev.authstarter.servlet.chain;

import org.jspecify.annotations.NullMarked;
