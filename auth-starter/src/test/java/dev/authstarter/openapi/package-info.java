@NullMarked
package dev.authstarter.openapi;

import org.jspecify.annotations.NullMarked;
