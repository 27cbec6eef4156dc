/**
 * The permissions of the back office, and the page for users who lack one.
 */
@NullMarked
package io.github.ultracartsso.sample.access;

import org.jspecify.annotations.NullMarked;
