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

import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.web.FakeUltraCartSsoClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same callback, submitted several times at once.
 */
@Timeout(60)
class DoubleSubmitTests {

	private static final int SUBMITS = 8;

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final ExecutorService browsers = Executors.newFixedThreadPool(SUBMITS);

	private Browser browser;

	private String state;

	@BeforeEach
	void startLogin() {
		this.browser = this.application.withClient(this.client).start(DefaultChain.class);
		this.browser.navigate("/ultracart/authorize");
		this.state = this.client.authorized().get(0).state();
	}

	@AfterEach
	void stop() {
		this.browsers.shutdownNow();
	}

	@ParameterizedTest // A3, A4
	@EnumSource
	void callbackWhenSubmittedAgainDuringExchangeThenOneExchange(SessionStore store) throws Exception {
		CountDownLatch exchanging = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		this.client.onExchange((code) -> {
			exchanging.countDown();
			await(answered);
			return new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), null, null);
		});
		Callable<String> second = submit(store);
		Future<String> first = this.browsers.submit(submit(store));
		await(exchanging);
		assertThat(second.call()).isEqualTo("/login?error=unknown_state");
		answered.countDown();
		assertThat(first.get()).isEqualTo("/");
		assertThat(this.client.exchanged()).containsExactly("code");
		assertThat(this.client.revoked()).isEmpty();
	}

	@ParameterizedTest // A4
	@EnumSource
	void callbackWhenSubmittedManyTimesAtOnceThenOneExchange(SessionStore store) throws Exception {
		CyclicBarrier allAtOnce = new CyclicBarrier(SUBMITS);
		List<Future<String>> answers = new ArrayList<>();
		for (int i = 0; i < SUBMITS; i++) {
			Callable<String> submit = submit(store);
			answers.add(this.browsers.submit(() -> {
				allAtOnce.await(20, TimeUnit.SECONDS);
				return submit.call();
			}));
		}
		assertThat(answers).extracting(DoubleSubmitTests::get)
			.contains("/")
			.isSubsetOf("/", "/login?error=unknown_state");
		assertThat(this.client.exchanged()).containsExactly("code");
	}

	private Callable<String> submit(SessionStore store) {
		Browser tab = this.application.newBrowser();
		tab.useSession(store.sessionOfNextRequest(this.browser));
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

}
