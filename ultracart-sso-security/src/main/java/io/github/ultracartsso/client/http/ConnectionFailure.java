/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ultracartsso.client.http;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Translates I/O errors into {@link UltraCartApiException}s.
 */
final class ConnectionFailure {

	private ConnectionFailure() {
	}

	/**
	 * Returns the exception for a call without a response.
	 * @param call the name of the call
	 * @param cause why there is no response, or {@code null} if that is unknown
	 * @param timeLimit the time limit of the call
	 */
	static UltraCartApiException noAnswer(String call, @Nullable Throwable cause, CallTimeLimit timeLimit) {
		String reason = (cause != null) ? cause.getClass().getSimpleName() : "I/O error";
		UltraCartApiException.Builder exception = UltraCartApiException
			.withFailure(UltraCartApiFailure.NO_RESPONSE,
					timeLimit.isOver() ? call + " got no response within " + timeLimit.timeout()
							: call + " got no response (" + reason + ")")
			.call(call)
			.cause(isShowable(cause) ? cause : null);
		return (isBeforeSending(cause) ? exception.notSent() : exception).build();
	}

	/**
	 * Returns whether the cause may be logged. The message of any other may quote what
	 * was received, and with it a key.
	 */
	static boolean isShowable(@Nullable Throwable cause) {
		return cause instanceof SocketException || cause instanceof InterruptedIOException
				|| cause instanceof UnknownHostException || cause instanceof SSLException;
	}

	/**
	 * Returns whether the connection failed before anything of the request was sent.
	 */
	static boolean isBeforeSending(@Nullable Throwable cause) {
		return cause instanceof ConnectException || cause instanceof ConnectTimeoutException
				|| cause instanceof UnknownHostException || cause instanceof NoRouteToHostException
				|| cause instanceof SSLHandshakeException;
	}

}
