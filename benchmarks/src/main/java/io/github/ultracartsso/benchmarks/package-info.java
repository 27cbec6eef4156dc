/**
 * Measures what a login, a request and a session cost, beside Spring Security's own login
 * mechanisms, and prints the ratios.
 */
@NullMarked
package io.github.ultracartsso.benchmarks;

import org.jspecify.annotations.NullMarked;
