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
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.ultracartsso.sample.cluster.TabbedBrowser.Tab;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a browser with several tabs experiences when they sign in at the same time.
 */
abstract class TabsStory {

	private static final int TABS = 12;

	private static final String[] NO_ARGUMENTS = {};

	private final List<AbstractAuthenticationEvent> events = new CopyOnWriteArrayList<>();

	private @Nullable Cluster cluster;

	private @Nullable LocalNode node;

	abstract SessionStore store();

	/**
	 * Waits for revocations that nobody waits for.
	 */
	void awaitNoLiveKey() {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (ultraCart().liveKeys() > 0 && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		assertThat(ultraCart().liveKeys()).isZero();
	}

	/**
	 * Whether tabs that a browser restores without a session have one login in common.
	 */
	boolean sharesLogins() {
		return true;
	}

	/**
	 * The page that tabs show.
	 */
	String page() {
		return "/items/101";
	}

	/**
	 * Further arguments of the node.
	 */
	String[] arguments() {
		return NO_ARGUMENTS;
	}

	@BeforeEach
	void start() {
		this.cluster = new Cluster(store());
		this.node = this.cluster.startNode(Cluster.KEY, (beans) -> {
			beans.addApplicationListener((ApplicationListener<ApplicationEvent>) this::remember);
			// a page for strangers that needs a session
			beans.registerBean("sessionForStrangers", Filter.class, () -> (request, response, chain) -> {
				if ("session".equals(((HttpServletRequest) request).getQueryString())) {
					((HttpServletRequest) request).getSession().setAttribute("cart", "3 items");
				}
				chain.doFilter(request, response);
			});
		}, arguments());
	}

	private void remember(ApplicationEvent event) {
		if (event instanceof AbstractAuthenticationEvent authentication
				&& !(event instanceof SessionFixationProtectionEvent)) {
			this.events.add(authentication);
		}
	}

	@AfterEach
	void stop() {
		Objects.requireNonNull(this.cluster).close();
	}

	LocalNode node() {
		return Objects.requireNonNull(this.node);
	}

	UltraCartSimulator ultraCart() {
		return Objects.requireNonNull(this.cluster).ultraCart();
	}

	List<AbstractAuthenticationEvent> events() {
		return this.events;
	}

	TabbedBrowser browser() {
		return browser(Duration.ofMillis(1));
	}

	private TabbedBrowser browser(Duration timeAtUltraCart) {
		return new TabbedBrowser(node(), ultraCart(), timeAtUltraCart);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "150, 600" })
	void tabsWhenRestoredWithoutCookiesThenEachOnItsPageWithOneKey(int call, int page) {
		assumeTrue(sharesLogins());
		if (call > 0) {
			for (SimulatedOperation operation : SimulatedOperation.values()) {
				ultraCart().answerAlways(operation, SimulatedFault.delay(Duration.ofMillis(call)));
			}
		}
		TabbedBrowser browser = browser(Duration.ofMillis(page));
		List<String> paths = IntStream.range(0, TABS)
			.mapToObj((number) -> page() + "?" + "long=query&".repeat(number * 4) + "tab=" + number)
			.toList();
		List<Tab> tabs = browser.open(paths);
		assertThat(tabs).extracting(Tab::path).isEqualTo(paths);
		assertThat(tabs).extracting(Tab::status).containsOnly(200);
		assertThat(tabs).flatExtracting(Tab::visited).noneMatch((url) -> url.contains("error="));
		assertThat(ultraCart().liveKeys()).as(tabs::toString).isOne();
		assertThat(ultraCart().calls(SimulatedOperation.TOKEN)).hasSize(1);
		// a click right afterwards is no redirect loop
		assertThat(browser.open("/items/101?click").path()).isEqualTo("/items/101?click");
		assertThat(browser.signOut().statusCode()).isIn(204, 302);
		assertThat(ultraCart().liveKeys()).isZero();
	}

	@Test
	void callbacksWhenTwoOfOneSessionAtOnceThenBothOnTheirPagesWithOneKey() {
		for (int round = 0; round < 5; round++) {
			TabbedBrowser browser = browser();
			browser.open("/about?session");
			List<URI> callbacks = List.of(browser.startLogin(page() + "?tab=1"), browser.startLogin(page() + "?tab=2"));
			this.events.clear();
			List<Tab> tabs = browser.follow(callbacks);
			assertThat(tabs).as(tabs::toString)
				.extracting(Tab::path)
				.containsExactly(page() + "?tab=1", page() + "?tab=2");
			assertThat(tabs).extracting(Tab::status).containsOnly(200);
			assertThat(ultraCart().liveKeys()).isOne();
			assertThat(this.events).extracting((event) -> event.getClass().getSimpleName())
				.containsExactly("AuthenticationSuccessEvent", "InteractiveAuthenticationSuccessEvent");
			assertThat(browser.open("/items/102").status()).isEqualTo(200);
			browser.signOut();
			assertThat(ultraCart().liveKeys()).isZero();
		}
	}

}
