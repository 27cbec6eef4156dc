/**
 * The parcels of the shop and their leaving.
 */
@NullMarked
package io.github.ultracartsso.sample.orders;

import org.jspecify.annotations.NullMarked;
