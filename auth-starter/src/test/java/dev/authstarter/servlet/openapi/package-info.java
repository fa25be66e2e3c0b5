@NullMarked
package dev.authstarter.servlet.openapi;

import org.jspecify.annotations.NullMarked;
