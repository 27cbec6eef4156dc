/**
 * Logins of a running application against the simulator.
 */
@NullMarked
package io.github.ultracartsso.test.login;

import org.jspecify.annotations.NullMarked;
