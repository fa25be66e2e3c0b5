/**
 * Which metrics, logs and endpoints do operators get?
 */
@NullMarked
package dev.authstarter.operations;

import org.jspecify.annotations.NullMarked;
