@NullMarked
package dev.authstarter.access.interception;

import org.jspecify.annotations.NullMarked;
