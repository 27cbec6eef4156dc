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

package io.github.ultracartsso.web;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.ultracartsso.authentication.PendingLogin;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HttpSessionPendingLoginRepository}.
 */
class HttpSessionPendingLoginRepositoryTests {

	private final HttpSessionPendingLoginRepository repository = new HttpSessionPendingLoginRepository();

	private final MockHttpServletRequest request = TestRequests.navigation("/");

	@Test // A3
	void removePendingLoginWhenSavedThenReturnedOnce() {
		save("state");
		assertThat(remove("state")).isEqualTo(login("state"));
		assertThat(remove("state")).isNull();
	}

	@Test // A2
	void removePendingLoginWhenUnknownStateThenNullAndTheOthersStay() {
		save("state");
		assertThat(remove("other")).isNull();
		assertThat(remove("state")).isNotNull();
	}

	@Test // A9
	void removePendingLoginWhenOtherSessionThenNull() {
		save("state");
		this.request.setSession(new MockHttpSession());
		assertThat(remove("state")).isNull();
	}

	@Test // D9
	void removePendingLoginWhenNoSessionThenNoneCreated() {
		assertThat(remove("state")).isNull();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void removePendingLoginWhenSeveralThenInAnyOrder() {
		save("first");
		save("second");
		save("third");
		assertThat(remove("second")).isEqualTo(login("second"));
		assertThat(remove("third")).isEqualTo(login("third"));
		assertThat(remove("first")).isEqualTo(login("first"));
	}

	@Test
	void removePendingLoginWhenLastThenNothingLeftInSession() {
		save("state");
		remove("state");
		assertThat(Objects.requireNonNull(this.request.getSession(false)).getAttributeNames().hasMoreElements())
			.isFalse();
	}

	@Test // D10
	void savePendingLoginWhenEightThenOldestMakesRoom() {
		IntStream.rangeClosed(1, 9).forEach((number) -> save("state-" + number));
		assertThat(remove("state-1")).isNull();
		assertThat(IntStream.rangeClosed(2, 9))
			.allSatisfy((number) -> assertThat(remove("state-" + number)).isNotNull());
	}

	@Test
	void savePendingLoginWhenSessionIsWrittenAndReadThenStillThere() {
		save("state");
		this.request.setSession(TestHttpSessions.copyOf(Objects.requireNonNull(this.request.getSession(false))));
		assertThat(remove("state")).isEqualTo(login("state"));
	}

	@Test
	void removePendingLoginWhenSessionHoldsSomethingElseThenNull() {
		save("state");
		HttpSession session = Objects.requireNonNull(this.request.getSession(false));
		String name = session.getAttributeNames().nextElement();
		session.setAttribute(name, List.of("not a login"));
		assertThat(remove("state")).isNull();
		session.setAttribute(name, "not a list");
		assertThat(remove("state")).isNull();
	}

	private void save(String state) {
		this.repository.savePendingLogin(login(state), this.request, new MockHttpServletResponse());
	}

	private @Nullable PendingLogin remove(String state) {
		return this.repository.removePendingLogin(state, this.request, new MockHttpServletResponse());
	}

	private static PendingLogin login(String state) {
		return new PendingLogin(state, TestSsoSessions.NOW, "/items", false);
	}

}
