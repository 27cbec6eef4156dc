/**
 * UltraCart's single sign-on REST calls, the OAuth call for an access token, and their
 * records, in UltraCart's own terms.
 */
@NullMarked
package io.github.ultracartsso.client;

import org.jspecify.annotations.NullMarked;
