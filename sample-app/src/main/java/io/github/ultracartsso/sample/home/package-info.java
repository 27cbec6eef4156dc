/**
 * The home page of a user, and the page that needs no login.
 */
@NullMarked
package io.github.ultracartsso.sample.home;

import org.jspecify.annotations.NullMarked;
