/**
 * Auto-configuration of the configuration properties: binds and checks them, and reports
 * all mistakes at once.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
