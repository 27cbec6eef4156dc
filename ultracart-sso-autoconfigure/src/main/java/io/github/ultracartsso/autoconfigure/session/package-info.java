/**
 * Auto-configuration of SSO sessions: where they are kept, how their keys are sealed, and
 * how they are revoked when a session ends.
 */
@NullMarked
package io.github.ultracartsso.autoconfigure.session;

import org.jspecify.annotations.NullMarked;
