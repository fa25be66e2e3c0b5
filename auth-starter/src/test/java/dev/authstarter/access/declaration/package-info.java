@NullMarked
package dev.authstarter.access.declaration;

import org.jspecify.annotations.NullMarked;
