/**
 * Auto-configuration of the actuator: health, meters and sanitized keys.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
