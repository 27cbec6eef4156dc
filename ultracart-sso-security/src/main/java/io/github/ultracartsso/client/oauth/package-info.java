/**
 * OAuth as the application's way to authenticate: access tokens, and the refresh tokens
 * they are fetched with.
 */
@NullMarked
package io.github.ultracartsso.client.oauth;

import org.jspecify.annotations.NullMarked;
