@NullMarked
package dev.authstarter.servlet.handler;

import org.jspecify.annotations.NullMarked;
