/**
 * The orders of the shop, which are at UltraCart.
 */
@NullMarked
package io.github.ultracartsso.sample.orders;

import org.jspecify.annotations.NullMarked;
