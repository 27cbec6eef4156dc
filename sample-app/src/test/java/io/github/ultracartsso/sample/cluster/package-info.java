/**
 * Tests of several instances of the back office that share their sessions in a store.
 */
@NullMarked
package io.github.ultracartsso.sample.cluster;

import org.jspecify.annotations.NullMarked;
