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

package io.github.ultracartsso.autoconfigure.security;

import java.lang.management.ManagementFactory;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole logins of many users after each other. The threads of the application live as
 * long as it does, and what it does for one login starts none.
 */
class ManyLoginsTests {

	private static final int LOGINS = 1_000;

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test
	void loginsWhenAThousandThenStartNoMoreThreadsThanTen() {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.login.max-starts-per-hour=" + 2 * LOGINS,
					"ultracart.sso.limits.calls-per-hour=" + 10 * LOGINS)
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				signIn(browser, 10);
				long before = startedThreads();
				signIn(browser, LOGINS);
				// the server of the test may start some of its own
				assertThat(startedThreads() - before).isLessThan(LOGINS / 50);
			});
	}

	private void signIn(TestBrowser browser, int times) {
		for (int i = 0; i < times; i++) {
			browser.forgetEverything();
			this.ultraCart.forgetCalls();
			assertThat(browser.signIn(this.ultraCart)).hasRedirectedUrl("/");
		}
	}

	private static long startedThreads() {
		return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
	}

}
