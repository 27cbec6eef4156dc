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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestHttpSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same callback, submitted several times at once.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource
class DoubleSubmitTests {

	private static final int SUBMITS = 8;

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final ExecutorService browsers = Executors.newFixedThreadPool(SUBMITS);

	private final Kept kept;

	private Browser browser;

	private String state;

	DoubleSubmitTests(Kept kept) {
		this.kept = kept;
	}

	@BeforeEach
	void startLogin() {
		this.browser = this.application.withClient(this.client)
			.withPendingLoginsIn(this.kept.store)
			.start(DefaultChain.class);
		this.browser.navigate("/ultracart/authorize");
		this.state = this.client.authorized().get(0).state();
	}

	@AfterEach
	void stop() {
		this.browsers.shutdownNow();
	}

	@Test // A3, A4
	void callbackWhenSubmittedAgainDuringExchangeThenOneExchange() throws Exception {
		CountDownLatch exchanging = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		this.client.onExchange((code) -> {
			exchanging.countDown();
			await(answered);
			return new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), null, null);
		});
		Callable<String> submittedAgain = submit();
		Future<String> first = this.browsers.submit(submit());
		await(exchanging);
		Future<String> second = this.browsers.submit(submittedAgain);
		answered.countDown();
		assertThat(first.get()).isEqualTo("/");
		assertThat(second.get()).isIn("/", callbackUrl(), "/login?error=unknown_state");
		assertThat(this.client.exchanged()).containsExactly("code");
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // A4
	void callbackWhenSubmittedManyTimesAtOnceThenOneExchange() throws Exception {
		CyclicBarrier allAtOnce = new CyclicBarrier(SUBMITS);
		List<Future<String>> answers = new ArrayList<>();
		for (int i = 0; i < SUBMITS; i++) {
			Callable<String> submit = submit();
			answers.add(this.browsers.submit(() -> {
				allAtOnce.await(20, TimeUnit.SECONDS);
				return submit.call();
			}));
		}
		assertThat(answers).extracting(DoubleSubmitTests::get)
			.contains("/")
			.isSubsetOf("/", callbackUrl(), "/login?error=unknown_state");
		assertThat(this.client.exchanged()).containsExactly("code");
	}

	/**
	 * A request that has waited for another one sends the browser here again, now with
	 * the session of the user.
	 */
	private String callbackUrl() {
		return "/login/ultracart?code=code&state=" + this.state + "&repeated=1";
	}

	private Callable<String> submit() {
		Browser tab = this.application.newBrowser();
		MockHttpSession session = (MockHttpSession) this.browser.session();
		tab.useSession((session != null) ? this.kept.sessionOfNextRequest.apply(session) : null);
		tab.addCookies(this.browser.cookies());
		return () -> Browser.location(tab.callback(this.state, "code"));
	}

	private static String get(Future<String> answer) {
		try {
			return answer.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How requests of one browser come to the login it has started.
	 */
	@SuppressWarnings("ImmutableEnumChecker")
	enum Kept {

		IN_A_SESSION_SHARED_BY_ALL_REQUESTS(PendingLoginStore.SESSION, (session) -> session),

		IN_A_SESSION_COPIED_FOR_EACH_REQUEST(PendingLoginStore.SESSION, TestHttpSessions::copyOf),

		IN_A_COOKIE_SENT_WITH_EACH_REQUEST(PendingLoginStore.COOKIE, (session) -> session);

		private final PendingLoginStore store;

		private final UnaryOperator<MockHttpSession> sessionOfNextRequest;

		Kept(PendingLoginStore store, UnaryOperator<MockHttpSession> sessionOfNextRequest) {
			this.store = store;
			this.sessionOfNextRequest = sessionOfNextRequest;
		}

	}

}
