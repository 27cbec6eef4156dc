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

package io.github.ultracartsso.login;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ultracartsso.client.LogText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Logs that a redirect URI is not expanded for the host of a request: an error with the
 * remedy, at most once a minute, because anybody can send such requests.
 */
final class UntrustedHostLog {

	private static final Log logger = LogFactory.getLog(UltraCartLoginService.class);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final int MAX_URL_LENGTH = 200;

	private final AtomicReference<@Nullable Instant> loggedAt = new AtomicReference<>();

	/**
	 * Logs the error, unless there was one within the last minute.
	 * @param baseUrl the base URL of the request
	 * @param example the redirect URI that may have to be configured
	 * @param now the current time
	 */
	void log(BaseUrl baseUrl, String example, Instant now) {
		Instant last = this.loggedAt.get();
		if ((last == null || Duration.between(last, now).abs().compareTo(INTERVAL) >= 0)
				&& this.loggedAt.compareAndSet(last, now)) {
			logger.error(LogMessage.format(
					"No login is started for a request to %s, because UltraCart would send the code to that host. The"
							+ " host comes from the request, which anybody can forge; a loopback host counts only where"
							+ " browser and application run on one machine without a proxy. Set"
							+ " ultracart.sso.redirect-uri to the URL under which browsers reach the application, such"
							+ " as %s if that is its host, or list the host in ultracart.sso.redirect-hosts. For plain"
							+ " http in development, list it in ultracart.sso.development.plain-http-hosts. This is"
							+ " logged once a minute at most",
					LogText.clean(baseUrl.url(), MAX_URL_LENGTH), LogText.clean(example, MAX_URL_LENGTH)));
		}
	}

}
