/**
 * Auto-configuration for signing in with UltraCart.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure;

import org.jspecify.annotations.NullMarked;
