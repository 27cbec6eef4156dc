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

package io.github.ultracartsso.config;

import java.time.Duration;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.StartingBrowser;
import io.github.ultracartsso.web.login.KnownBrowsers;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Returns how long no login can begin, for the {@code Retry-After} of the sign-in page. A
 * spent start budget does not concern a user who was told that UltraCart cannot be
 * reached.
 */
final class LoginPause {

	private final @Nullable CallGate callGate;

	private final LoginStartBudget startBudget;

	private final KnownBrowsers knownBrowsers;

	LoginPause(@Nullable CallGate callGate, LoginStartBudget startBudget, KnownBrowsers knownBrowsers) {
		this.callGate = callGate;
		this.startBudget = startBudget;
		this.knownBrowsers = knownBrowsers;
	}

	Duration untilNextLogin(UltraCartLoginError error, HttpServletRequest request) {
		StartingBrowser browser = this.knownBrowsers.browser(request);
		Duration closed = closedFor(browser);
		if (error != UltraCartLoginError.BUSY) {
			return closed;
		}
		Duration spent = this.startBudget.untilNextStart(browser);
		return (closed.compareTo(spent) > 0) ? closed : spent;
	}

	private Duration closedFor(StartingBrowser browser) {
		if (this.callGate == null) {
			return Duration.ZERO;
		}
		return browser.isKnown() ? this.callGate.closedFor() : this.callGate.closedForNewBrowsers();
	}

}
