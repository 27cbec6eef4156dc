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

package io.github.ultracartsso.sample.cluster;

import java.util.List;

import io.github.ultracartsso.sample.cluster.TabbedBrowser.Tab;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tabs of a browser whose pending logins are in its session in Redis. Tabs that are
 * restored without a cookie have a session each, so only tabs of one session are tested.
 */
class RedisPendingSessionTabsTests extends RedisTabsTests {

	@Override
	String[] arguments() {
		return new String[] { "--ultracart.sso.login.pending-store=session",
				"--spring.session.data.redis.repository-type=default" };
	}

	@Override
	boolean sharesLogins() {
		return false;
	}

	@Test
	void tabsWhenOfOneSessionThenEachOnItsPage() {
		TabbedBrowser browser = browser();
		browser.open("/about?session");
		List<String> paths = List.of("/items/101?tab=1", "/items/101?tab=2", "/items/101?tab=3");
		List<Tab> tabs = browser.open(paths);
		assertThat(tabs).extracting(Tab::path).isEqualTo(paths);
		assertThat(tabs).extracting(Tab::status).containsOnly(200);
	}

}
