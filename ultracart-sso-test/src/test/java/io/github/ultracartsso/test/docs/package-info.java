/**
 * The code in the documentation, which is compiled and run here.
 */
@NullMarked
package io.github.ultracartsso.test.docs;

import org.jspecify.annotations.NullMarked;
