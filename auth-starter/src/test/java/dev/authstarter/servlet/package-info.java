@NullMarked
package dev.authstarter.servlet;

import org.jspecify.annotations.NullMarked;
