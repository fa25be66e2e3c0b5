/**
 * The access rules of an application, as a file that is reviewed with the code.
 */
@NullMarked
package dev.authstarter.test.matrix;

import org.jspecify.annotations.NullMarked;
