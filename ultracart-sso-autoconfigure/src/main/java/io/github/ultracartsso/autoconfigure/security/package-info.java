/**
 * Auto-configuration of Spring Security: the UltraCart login, the default filter chain
 * and method security.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
