/**
 * The architecture of the library, and what the tests of several packages use.
 */
@NullMarked
package io.github.ultracartsso;

import org.jspecify.annotations.NullMarked;
