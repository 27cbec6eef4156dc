/**
 * Jackson support for sessions that are stored as JSON: a module and the mixins for the
 * types of this library.
 */
@NullMarked
package io.github.ultracartsso.jackson;

import org.jspecify.annotations.NullMarked;
