/**
 * Auto-configuration of the actuator: endpoint, audit, health, meters and sanitized keys.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
