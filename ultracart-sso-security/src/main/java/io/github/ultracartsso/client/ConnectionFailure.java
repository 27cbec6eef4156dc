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

package io.github.ultracartsso.client;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what it means that a connection has failed so.
 */
final class ConnectionFailure {

	private ConnectionFailure() {
	}

	/**
	 * Makes an exception of a call that got no answer.
	 * @param call the name of the call
	 * @param cause what the connection failed of, or {@code null} if that is not known
	 * @param timeLimit what the call was bound by
	 */
	static UltraCartApiException noAnswer(String call, @Nullable Throwable cause, CallTimeLimit timeLimit) {
		String reason = (cause != null) ? cause.getClass().getSimpleName() : "I/O error";
		UltraCartApiException.Builder exception = UltraCartApiException
			.withFailure(UltraCartApiFailure.NO_ANSWER,
					timeLimit.isOver() ? call + " got no answer within " + timeLimit.timeout()
							: call + " got no answer (" + reason + ")")
			.call(call)
			.cause(isShowable(cause) ? cause : null);
		return (isBeforeSending(cause) ? exception.notSent() : exception).build();
	}

	/**
	 * Returns whether the cause may be shown. The text of any other may quote what came
	 * over the connection, and with it a key.
	 */
	static boolean isShowable(@Nullable Throwable cause) {
		return cause instanceof SocketException || cause instanceof InterruptedIOException
				|| cause instanceof UnknownHostException || cause instanceof SSLException;
	}

	/**
	 * Returns whether nothing of the request has surely been sent.
	 */
	static boolean isBeforeSending(@Nullable Throwable cause) {
		return cause instanceof ConnectException || cause instanceof ConnectTimeoutException
				|| cause instanceof UnknownHostException || cause instanceof NoRouteToHostException
				|| cause instanceof SSLHandshakeException;
	}

}
