/**
 * Auto-configuration of the UltraCart client: connections, call gate and the calls of
 * single sign-on. It needs no web application.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.client;

import org.jspecify.annotations.NullMarked;
