/**
 * A small merchant back office that signs its users in with UltraCart.
 */
@NullMarked
package io.github.ultracartsso.sample;

import org.jspecify.annotations.NullMarked;
