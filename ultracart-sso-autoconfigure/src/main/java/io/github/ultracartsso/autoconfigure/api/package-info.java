/**
 * Auto-configuration of calls to UltraCart's REST API with the key of the signed-in user
 * or the application's credential. It needs no web application.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.api;

import org.jspecify.annotations.NullMarked;
