/**
 * Runtime hints for native images.
 */
@NullMarked
package io.github.ultracartsso.aot;

import org.jspecify.annotations.NullMarked;
