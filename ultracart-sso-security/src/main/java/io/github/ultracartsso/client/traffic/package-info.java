/**
 * Whether and when a call to UltraCart is made: concurrency limit and queue, cool-down
 * after a rate limit, circuit breaker, time limit, and retries. Knows nothing of HTTP
 * messages; the calls are made by others.
 */
@NullMarked
package io.github.ultracartsso.client.traffic;

import org.jspecify.annotations.NullMarked;
