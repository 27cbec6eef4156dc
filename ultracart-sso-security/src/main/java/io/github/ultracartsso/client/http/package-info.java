/**
 * Implementation of the calls to UltraCart over Spring's HTTP clients and Apache
 * HttpClient 5: writes requests, reads responses within bounds, and turns every failure
 * into an exception that holds no secret.
 */
@NullMarked
package io.github.ultracartsso.client.http;

import org.jspecify.annotations.NullMarked;
