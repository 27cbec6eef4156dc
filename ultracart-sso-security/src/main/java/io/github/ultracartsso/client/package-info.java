/**
 * UltraCart's single sign-on API in its own terms: the client interface, its requests and
 * responses, keys and tokens, the application's credential, and the exceptions that calls
 * fail with.
 */
@NullMarked
package io.github.ultracartsso.client;

import org.jspecify.annotations.NullMarked;
