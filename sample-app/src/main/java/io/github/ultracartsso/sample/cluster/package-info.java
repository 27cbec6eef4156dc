/**
 * What makes several instances of the back office one.
 */
@NullMarked
package io.github.ultracartsso.sample.cluster;

import org.jspecify.annotations.NullMarked;
