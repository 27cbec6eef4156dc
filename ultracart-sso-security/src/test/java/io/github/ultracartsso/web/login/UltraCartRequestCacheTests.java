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

package io.github.ultracartsso.web.login;

import java.util.Objects;

import io.github.ultracartsso.web.TestRequests;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartRequestCache}.
 */
class UltraCartRequestCacheTests {

	private final UltraCartRequestCache cache = new UltraCartRequestCache(new HttpSessionRequestCache());

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@BeforeEach
	void saveRequests() {
		this.cache.setSaveRequests(true);
	}

	@Test
	void saveRequestWhenNavigationThenSaved() {
		assertThat(saved(TestRequests.navigation("/items?page=2"))).startsWith("https://app.example.com/items?page=2");
	}

	@Test // D9
	void saveRequestWhenNoOtherLoginsThenNotSavedAndNoSession() {
		this.cache.setSaveRequests(false);
		assertThat(saved(TestRequests.navigation("/items"))).isNull();
	}

	@Test // D9
	void saveRequestWhenFetchThenNotSavedAndNoSession() {
		assertThat(saved(TestRequests.fetch("/favicon.ico"))).isNull();
	}

	@Test // D9
	void saveRequestWhenPrefetchThenNotSavedAndNoSession() {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		request.addHeader("Sec-Purpose", "prefetch");
		assertThat(saved(request)).isNull();
	}

	@Test // D9
	void saveRequestWhenNotGetThenNotSavedAndNoSession() {
		assertThat(saved(TestRequests.navigation("POST", "/items"))).isNull();
		assertThat(saved(TestRequests.navigation("HEAD", "/items"))).isNull();
	}

	@Test
	void getRequestWhenLoginHasTargetThenThatRatherThanTheSaved() {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		this.cache.saveRequest(request, this.response);
		UltraCartRequestCache.setTarget(request, "/users");
		assertThat(redirectUrl(request)).isEqualTo("/users");
	}

	@Test
	void getRequestWhenLoginHasNoTargetThenTheSaved() {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		this.cache.saveRequest(request, this.response);
		UltraCartRequestCache.setTarget(request, null);
		assertThat(redirectUrl(request)).startsWith("https://app.example.com/items");
	}

	@Test
	void removeRequestWhenLoginHasTargetThenBothForgotten() {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		this.cache.saveRequest(request, this.response);
		UltraCartRequestCache.setTarget(request, "/users");
		this.cache.removeRequest(request, this.response);
		assertThat(redirectUrl(request)).isNull();
	}

	@Test
	void getMatchingRequestWhenSavedThenReplayed() {
		MockHttpServletRequest request = TestRequests.navigation("/items");
		this.cache.saveRequest(request, this.response);
		MockHttpServletRequest replay = TestRequests.navigation("/items?continue");
		replay.setParameter("continue", "");
		replay.setSession(Objects.requireNonNull(request.getSession(false)));
		assertThat(this.cache.getMatchingRequest(replay, this.response)).isNotNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenDelegateNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartRequestCache(null))
			.withMessage("delegate cannot be null");
	}

	private @Nullable String saved(MockHttpServletRequest request) {
		this.cache.saveRequest(request, this.response);
		String url = redirectUrl(request);
		assertThat(request.getSession(false) != null).isEqualTo(url != null);
		return url;
	}

	private @Nullable String redirectUrl(MockHttpServletRequest request) {
		SavedRequest saved = this.cache.getRequest(request, this.response);
		return (saved != null) ? saved.getRedirectUrl() : null;
	}

}
