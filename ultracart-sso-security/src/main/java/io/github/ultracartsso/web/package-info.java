/**
 * The servlet side of signing in with UltraCart: the filters, what they remember between
 * requests, and the pages they answer with.
 */
@NullMarked
package io.github.ultracartsso.web;

import org.jspecify.annotations.NullMarked;
