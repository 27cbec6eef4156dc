/**
 * The items of the shop, as pages and as JSON.
 */
@NullMarked
package io.github.ultracartsso.sample.items;

import org.jspecify.annotations.NullMarked;
