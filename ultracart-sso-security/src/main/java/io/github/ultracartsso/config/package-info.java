/**
 * The {@code HttpSecurity} DSL.
 */
@NullMarked
package io.github.ultracartsso.config;

import org.jspecify.annotations.NullMarked;
