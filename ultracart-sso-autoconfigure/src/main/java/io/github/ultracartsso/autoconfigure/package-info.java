/**
 * What applications meet of the auto-configuration, and what its parts share: the
 * configuration properties and the connection details.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure;

import org.jspecify.annotations.NullMarked;
