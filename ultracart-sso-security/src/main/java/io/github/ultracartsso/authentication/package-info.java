/**
 * What a login with UltraCart gives: the tokens, the provider that makes them, the
 * principal and its authorities, and the SSO session behind them.
 */
@NullMarked
package io.github.ultracartsso.authentication;

import org.jspecify.annotations.NullMarked;
