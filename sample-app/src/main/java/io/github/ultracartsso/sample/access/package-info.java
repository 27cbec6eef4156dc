/**
 * Who may do what in the back office, and the page for whoever may not.
 */
@NullMarked
package io.github.ultracartsso.sample.access;

import org.jspecify.annotations.NullMarked;
