/**
 * What a native image has to be told.
 */
@NullMarked
package io.github.ultracartsso.aot;

import org.jspecify.annotations.NullMarked;
