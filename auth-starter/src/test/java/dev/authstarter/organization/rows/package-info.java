@NullMarked
package dev.authstarter.organization.rows;

import org.jspecify.annotations.NullMarked;
