/**
 * The people who work for the shop.
 */
@NullMarked
package io.github.ultracartsso.sample.staff;

import org.jspecify.annotations.NullMarked;
