/**
 * The items of the shop: to look at, to change, and as JSON.
 */
@NullMarked
package io.github.ultracartsso.sample.items;

import org.jspecify.annotations.NullMarked;
