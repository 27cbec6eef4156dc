/**
 * The parcels of the shop and their shipping.
 */
@NullMarked
package io.github.ultracartsso.sample.shipping;

import org.jspecify.annotations.NullMarked;
