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

package io.github.ultracartsso.test.login;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.GatedCall;
import io.github.ultracartsso.test.MutableClock;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Strangers start logins for a day and a half, and send a forged code for each, in an
 * application with defaults. The simulator enforces UltraCart's own limits, and the clock
 * is moved.
 */
class LoginFloodTests {

	private static final int MINUTES = 36 * 60;

	private static final int STARTS = 10_000;

	private static final String START = "/ultracart/authorize";

	private static final GatedCall USER_CALL = new GatedCall() {

		@Override
		public String callName() {
			return "getOrders";
		}

		@Override
		public CallKind kind() {
			return CallKind.USER_CALL;
		}

	};

	private final MutableClock clock = new MutableClock("2026-11-21T12:00:00Z");

	private final UltraCartSimulator ultraCart = UltraCartSimulator.builder()
		.clock(this.clock)
		.limits(SimulatedLimits.ultraCart())
		.start();

	@AfterEach
	void stop() {
		this.ultraCart.close();
	}

	@Test
	void floodWhenFromOneAddressThenKnownAndNewBrowsersGetIn() {
		play((application) -> {
			Browser employee = application.newBrowser("192.0.2.1");
			assertThat(employee.signIn()).isEqualTo("/");
			application.flood((i) -> "203.0.113.7", 4, () -> {
				assertThat(employee.signIn()).as("known browser at %s", this.clock.instant()).isEqualTo("/");
				assertThat(application.newBrowser("192.0.2.2").signIn()).as("new browser at %s", this.clock.instant())
					.isEqualTo("/");
			});
		});
	}

	@Test
	void floodWhenFromManyAddressesThenKnownBrowsersGetIn() {
		play((application) -> {
			Browser employee = application.newBrowser("192.0.2.1");
			assertThat(employee.signIn()).isEqualTo("/");
			application.flood((i) -> "10.0." + i % 1000 / 250 + "." + i % 250, 10,
					() -> assertThat(employee.signIn()).as("known browser at %s", this.clock.instant()).isEqualTo("/"));
			assertThat(application.rejected).as("calls for users beyond the limits").isPositive();
		});
	}

	private void play(Story story) {
		this.ultraCart.addUser(SimulatedUser.withLogin("Jane!ops").permission("View Items").build());
		new WebApplicationContextRunner().withUserConfiguration(Application.class)
			.withBean(Clock.class, () -> this.clock)
			.withPropertyValues("ultracart.sso.base-url=" + this.ultraCart.baseUrl(),
					"ultracart.sso.simple-key=" + this.ultraCart.applicationKey(),
					"ultracart.sso.redirect-uri=http://localhost/login/ultracart")
			.run((context) -> {
				story.play(new Site(context));
				assertThat(this.ultraCart.traffic().rateRefusals()).isZero();
			});
	}

	private interface Story {

		void play(Site application);

	}

	/**
	 * The application and what comes to it.
	 */
	private final class Site {

		private final Filter security;

		private final CallGate gate;

		private int rejected;

		private Site(AssertableWebApplicationContext context) {
			this.security = context.getBean("springSecurityFilterChain", Filter.class);
			this.gate = context.getBean(CallGate.class);
		}

		Browser newBrowser(String address) {
			return new Browser(this.security, address);
		}

		/**
		 * Plays the flood, with calls for a user beside it.
		 */
		void flood(IntFunction<String> addresses, int callsInMinute, Runnable hourly) {
			int started = 0;
			for (int minute = 1; minute <= MINUTES; minute++) {
				LoginFloodTests.this.clock.advance(Duration.ofMinutes(1));
				for (; started < STARTS * (long) minute / MINUTES; started++) {
					newBrowser(addresses.apply(started)).forgeLogin();
				}
				for (int call = 0; call < callsInMinute; call++) {
					callForUser();
				}
				if (minute % 60 == 59) {
					hourly.run();
				}
				assertThat(this.gate.madeInHour()).isLessThanOrEqualTo(1_000);
				assertThat(this.gate.madeInDay()).isLessThanOrEqualTo(10_000);
			}
		}

		/**
		 * Makes a call for a user as far as the gate allows. It is not sent, so that the
		 * test is fast.
		 */
		private void callForUser() {
			try {
				this.gate.pass(USER_CALL, () -> this.gate.attempt(CallKind.USER_CALL, () -> "called"));
			}
			catch (UltraCartRateLimitException ex) {
				this.rejected++;
			}
		}

	}

	private final class Browser {

		private final Map<String, Cookie> cookies = new HashMap<>();

		private final Filter security;

		private final String address;

		private @Nullable MockHttpSession session;

		private Browser(Filter security, String address) {
			this.security = security;
			this.address = address;
		}

		/**
		 * Signs in, in place of the session that was there.
		 * @return where the browser ends
		 */
		String signIn() {
			this.session = null;
			URI loginUrl = URI.create(location(get(START)));
			if (!loginUrl.isAbsolute()) {
				return loginUrl.toString();
			}
			URI callback = LoginFloodTests.this.ultraCart.approve(loginUrl, "Jane!ops");
			return location(get(callback.getRawPath() + "?" + callback.getRawQuery()));
		}

		/**
		 * Starts a login and sends a code that UltraCart has not issued.
		 */
		void forgeLogin() {
			URI loginUrl = URI.create(location(get(START)));
			if (loginUrl.isAbsolute()) {
				URI canceled = LoginFloodTests.this.ultraCart.cancel(loginUrl);
				get(canceled.getRawPath() + "?" + canceled.getRawQuery().replaceFirst("error=[^&]*", "code=forged"));
			}
		}

		MockHttpServletResponse get(String url) {
			URI uri = URI.create(url);
			MockHttpServletRequest request = MockMvcRequestBuilders.get(uri)
				.header("Accept", "text/html")
				.header("Sec-Fetch-Mode", "navigate")
				.buildRequest(new MockServletContext());
			request.setCookies(this.cookies.values().toArray(Cookie[]::new));
			request.setRemoteAddr(this.address);
			request.setServletPath(uri.getPath());
			if (this.session != null) {
				request.setSession(this.session);
			}
			MockHttpServletResponse response = new MockHttpServletResponse();
			try {
				this.security.doFilter(request, response, new MockFilterChain());
			}
			catch (IOException | ServletException ex) {
				throw new AssertionError(ex);
			}
			this.session = (MockHttpSession) request.getSession(false);
			for (Cookie cookie : response.getCookies()) {
				this.cookies.put(cookie.getName(), cookie);
			}
			this.cookies.values().removeIf((cookie) -> cookie.getMaxAge() == 0);
			return response;
		}

		private static String location(MockHttpServletResponse response) {
			return Objects.requireNonNull(response.getRedirectedUrl(), () -> "no redirect: " + response.getStatus());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
