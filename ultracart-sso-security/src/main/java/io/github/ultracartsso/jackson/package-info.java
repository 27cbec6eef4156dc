/**
 * What session stores need to keep the types of this library as JSON.
 */
@NullMarked
package io.github.ultracartsso.jackson;

import org.jspecify.annotations.NullMarked;
