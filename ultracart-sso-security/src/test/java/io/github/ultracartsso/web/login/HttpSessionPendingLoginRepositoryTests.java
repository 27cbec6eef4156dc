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

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.TestRequests;

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
		assertThat(attributeNames()).isEmpty();
	}

	@Test // D10
	void savePendingLoginWhenSixteenThenOldestIsEvicted() {
		IntStream.rangeClosed(1, 17).forEach((number) -> save("state-" + number));
		assertThat(remove("state-1")).isNull();
		assertThat(IntStream.rangeClosed(2, 17))
			.allSatisfy((number) -> assertThat(remove("state-" + number)).isNotNull());
	}

	@Test // D10
	void savePendingLoginWhenSixteenThatExpireTogetherThenTheOneThatBeganFirstIsEvicted() {
		IntStream.rangeClosed(1, 17)
			.forEach((number) -> save(new PendingLogin("ultracart", "state-" + number,
					TestSsoSessions.NOW.minusSeconds(number).minusSeconds(600), TestSsoSessions.NOW, null)));
		assertThat(remove("state-16")).isNull();
		assertThat(IntStream.rangeClosed(1, 17).filter((number) -> number != 16))
			.allSatisfy((number) -> assertThat(remove("state-" + number)).isNotNull());
	}

	@Test // D10
	void savePendingLoginWhenSixteenOfWhichOneCannotBeReadThenThatIsEvicted() {
		IntStream.rangeClosed(1, 16).forEach((number) -> save("state-" + number));
		session().setAttribute(attributeNames().get(0), "not a login");
		save("state-17");
		assertThat(IntStream.rangeClosed(2, 17))
			.allSatisfy((number) -> assertThat(remove("state-" + number)).isNotNull());
	}

	@Test
	void savePendingLoginWhenAttributesOfOthersThenTheyStay() {
		IntStream.rangeClosed(1, 20).forEach((number) -> this.request.getSession().setAttribute("own-" + number, "x"));
		save("state");
		assertThat(attributeNames()).hasSize(21);
	}

	@Test // F1
	void savePendingLoginThenNameOfAttributeDoesNotTellTheState() {
		save("state");
		assertThat(attributeNames()).singleElement()
			.asString()
			.matches(".*\\.HttpSessionPendingLoginRepository\\.PENDING_LOGIN\\.[A-Za-z0-9_-]{22}")
			.doesNotContain("state");
	}

	@Test
	void savePendingLoginWhenTwoTabsAtOnceOnCopiesOfTheSessionThenBothAreKept() {
		MockHttpSession stored = new MockHttpSession();
		CopiedSession first = new CopiedSession(stored);
		CopiedSession second = new CopiedSession(stored);
		first.run(() -> save("first"));
		second.run(() -> save("second"));
		first.writeChanges();
		second.writeChanges();
		this.request.setSession(stored);
		assertThat(remove("first")).isNotNull();
		assertThat(remove("second")).isNotNull();
	}

	@Test // A3
	void removePendingLoginWhenTwoCallbacksAtOnceOnCopiesOfTheSessionThenNeitherBringsBackTheOthers() {
		save("first");
		save("second");
		MockHttpSession stored = (MockHttpSession) session();
		CopiedSession first = new CopiedSession(stored);
		CopiedSession second = new CopiedSession(stored);
		first.run(() -> assertThat(remove("first")).isNotNull());
		second.run(() -> assertThat(remove("second")).isNotNull());
		first.writeChanges();
		second.writeChanges();
		assertThat(stored.getAttributeNames().hasMoreElements()).isFalse();
	}

	@Test
	void savePendingLoginWhenSessionIsWrittenAndReadThenStillThere() {
		save("state");
		this.request.setSession(TestHttpSessions.copyOf(session()));
		assertThat(remove("state")).isEqualTo(login("state"));
	}

	@Test // A2
	void removePendingLoginWhenSessionHoldsSomethingElseThenNull() {
		save("state");
		String name = attributeNames().get(0);
		session().setAttribute(name, login("other"));
		assertThat(remove("state")).isNull();
		session().setAttribute(name, "not a login");
		assertThat(remove("state")).isNull();
	}

	private HttpSession session() {
		return Objects.requireNonNull(this.request.getSession(false));
	}

	private List<String> attributeNames() {
		return Collections.list(session().getAttributeNames());
	}

	private void save(String state) {
		save(login(state));
	}

	private void save(PendingLogin login) {
		this.repository.savePendingLogin(login, this.request, new MockHttpServletResponse());
	}

	private @Nullable PendingLogin remove(String state) {
		return this.repository.removePendingLogin(state, this.request, new MockHttpServletResponse());
	}

	private static PendingLogin login(String state) {
		return new PendingLogin("ultracart", state, TestSsoSessions.NOW.minusSeconds(600), TestSsoSessions.NOW,
				new ReturnTarget("/items", Instant.EPOCH, false));
	}

	/**
	 * The session of a request whose store gives each request a copy, and writes what the
	 * request has changed.
	 */
	private final class CopiedSession {

		private final MockHttpSession stored;

		private final List<String> before;

		private final MockHttpSession copy;

		CopiedSession(MockHttpSession stored) {
			this.stored = stored;
			this.before = Collections.list(stored.getAttributeNames());
			this.copy = TestHttpSessions.copyOf(stored);
		}

		void run(Runnable requestHandling) {
			HttpSessionPendingLoginRepositoryTests.this.request.setSession(this.copy);
			requestHandling.run();
		}

		void writeChanges() {
			List<String> after = Collections.list(this.copy.getAttributeNames());
			this.before.stream().filter((name) -> !after.contains(name)).forEach(this.stored::removeAttribute);
			after.stream()
				.filter((name) -> !this.before.contains(name))
				.forEach(
						(name) -> this.stored.setAttribute(name, Objects.requireNonNull(this.copy.getAttribute(name))));
		}

	}

}
