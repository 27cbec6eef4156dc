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

import java.net.URI;

import io.github.ultracartsso.sample.cluster.TabbedBrowser.Tab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tabs of a browser whose session is in a store that writes it when the response is
 * committed, and may fail then.
 */
abstract class StoredTabsStory extends TabsStory {

	abstract void refuseWrites();

	@AfterEach
	abstract void acceptWrites();

	@Test // G6
	void callbackWhenStoreAcceptsNoWritesThenFailedLoginWithoutKey() {
		TabbedBrowser browser = browser();
		URI callback = browser.startLogin(page());
		events().clear();
		refuseWrites();
		Tab tab = browser.follow(callback);
		acceptWrites();
		assertThat(tab.path()).isEqualTo("/login?error=unavailable");
		assertThat(tab.status()).isEqualTo(503);
		awaitNoLiveKey();
		assertThat(events()).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("AuthenticationFailureServiceExceptionEvent");
		assertThat(browser.open(page()).path()).isEqualTo(page());
	}

}
