/**
 * The orders of the shop, which are read and deleted at UltraCart.
 */
@NullMarked
package io.github.ultracartsso.sample.orders;

import org.jspecify.annotations.NullMarked;
