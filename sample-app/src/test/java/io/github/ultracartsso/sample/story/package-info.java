/**
 * The back office as a person sees it in a browser.
 */
@NullMarked
package io.github.ultracartsso.sample.story;

import org.jspecify.annotations.NullMarked;
