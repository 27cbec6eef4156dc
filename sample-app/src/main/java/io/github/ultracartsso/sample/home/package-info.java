/**
 * Where a user lands, and the page that needs no user.
 */
@NullMarked
package io.github.ultracartsso.sample.home;

import org.jspecify.annotations.NullMarked;
