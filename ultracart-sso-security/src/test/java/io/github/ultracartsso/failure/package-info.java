/**
 * What comes of every failure of UltraCart in every call, from the socket to the page,
 * and the document that tells of it.
 */
@NullMarked
package io.github.ultracartsso.failure;

import org.jspecify.annotations.NullMarked;
