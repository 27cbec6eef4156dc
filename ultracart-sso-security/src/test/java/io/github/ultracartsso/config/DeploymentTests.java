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

import java.time.Duration;

import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.ForwardedHeaderFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins wherever an application is deployed, and however its requests are dispatched.
 */
class DeploymentTests {

	private static final String[] BEHIND_PROXY = { "X-Forwarded-Proto", "https", "X-Forwarded-Host", "shop.example.com",
			"X-Forwarded-Port", "443", "X-Forwarded-Prefix", "/shop" };

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@Test // I4
	void loginWhenContextPathThenAllUrlsAreBelowIt() {
		Browser browser = this.application.withContextPath("/shop")
			.withClient(ultraCart.client())
			.start(DefaultChain.class);
		MockHttpServletResponse refused = browser.navigate("/shop/items?page=2");
		assertThat(Browser.location(refused)).startsWith("/shop/ultracart/authorize?target=");
		String state = Browser.stateOf(browser.navigate(Browser.location(refused)));
		assertThat(ultraCart.redirectUri()).isEqualTo("http://localhost/shop/login/ultracart");
		assertThat(Browser.location(browser.callback(state, "code"))).isEqualTo("/shop/items?page=2");
		assertThat(browser.navigate("/shop/items").getStatus()).isEqualTo(200);
		assertThat(Browser.location(browser.submit("/shop/logout"))).isEqualTo("/shop/login?logout");
		assertThat(Browser.body(browser.navigate("/shop/login"))).contains("href=\"/shop/ultracart/authorize\"");
		assertThat(Browser.body(browser.fetch("/shop/items"))).contains("\"loginUrl\":\"/shop/ultracart/authorize\"");
		assertThat(Browser.location(browser.callback("bogus", "code"))).isEqualTo("/shop/login?error=unknown_state");
	}

	@Test // I4
	void loginWhenContextPathInAbsoluteRedirectUriThenCallbackIsFound() {
		this.application.withContextPath("/shop")
			.withBean("settings", TestSettings.redirectUri("https://app.example.com/shop/sso/done"));
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		String state = browser.startLogin("/shop/items");
		assertThat(ultraCart.redirectUri()).isEqualTo("https://app.example.com/shop/sso/done");
		assertThat(Browser.location(browser.navigate("/shop/sso/done?code=code&state=" + state)))
			.isEqualTo("/shop/items");
	}

	@Test // I4
	void loginWhenServletPathThenTargetKeepsIt() {
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		MockHttpServletResponse refused = browser
			.exchange(browser.mvc().get().uri("/app/items?page=2").servletPath("/app").header("Accept", "text/html"));
		String state = Browser.stateOf(browser.navigate(Browser.location(refused)));
		assertThat(Browser.location(browser.callback(state, "code"))).isEqualTo("/app/items?page=2");
	}

	@Test // I4
	void loginWhenForwardedThenUrlsAreThoseOfTheProxy() {
		this.application.withBean("settings", TestSettings.redirectHosts("shop.example.com"));
		Browser browser = this.application.withFilter(new ForwardedHeaderFilter())
			.withClient(ultraCart.client())
			.start(DefaultChain.class);
		MockHttpServletResponse refused = browser.navigate("/items?page=2", BEHIND_PROXY);
		assertThat(Browser.location(refused)).startsWith("https://shop.example.com/shop/ultracart/authorize?target=");
		String startUrl = Browser.location(refused).substring("https://shop.example.com/shop".length());
		String state = Browser.stateOf(browser.navigate(startUrl, BEHIND_PROXY));
		assertThat(ultraCart.redirectUri()).isEqualTo("https://shop.example.com/shop/login/ultracart");
		assertThat(Browser.location(browser.navigate(browser.callbackUrl(state, "code"), BEHIND_PROXY)))
			.isEqualTo("https://shop.example.com/shop/items?page=2");
		assertThat(Browser.body(this.application.newBrowser().fetch("/items", BEHIND_PROXY)))
			.contains("\"loginUrl\":\"/shop/ultracart/authorize\"");
	}

	@Test // C4
	void loginWhenForwardedHeadersAreNotHonouredThenOfNoInfluence() {
		this.application.withBean("settings", TestSettings.redirectHosts("localhost"));
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		browser.navigate("/ultracart/authorize", BEHIND_PROXY);
		assertThat(ultraCart.redirectUri()).isEqualTo("http://localhost/login/ultracart");
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "https://evil.example/ultracart/authorize", "http://evil.example/ultracart/authorize",
			"http://localhost.evil.example/ultracart/authorize" })
	void loginWhenNothingIsConfiguredAndHostIsNotLoopbackThenUnavailableWithoutCall(String url) {
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		assertThat(Browser.location(browser.navigate(url))).isEqualTo("/login?error=unavailable");
		assertThat(ultraCart.calls()).isEmpty();
	}

	@Test // C4
	void loginWhenHostIsListedThenStarts() {
		this.application.withBean("settings", TestSettings.redirectHosts("*.example.com"));
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		browser.navigate("https://shop.example.com:443/ultracart/authorize");
		assertThat(ultraCart.redirectUri()).isEqualTo("https://shop.example.com/login/ultracart");
		assertThat(Browser.location(browser.navigate("https://example.com/ultracart/authorize")))
			.isEqualTo("/login?error=unavailable");
	}

	@ParameterizedTest // C4
	@CsvSource({ "X-Forwarded-For, 203.0.113.7", "X-Forwarded-Proto, https", "Forwarded, for=203.0.113.7" })
	void loginWhenProxyPassesLoopbackHostThenUnavailableWithoutCall(String header, String value) {
		Browser browser = this.application.withFilter(new ForwardedHeaderFilter())
			.withClient(ultraCart.client())
			.start(DefaultChain.class);
		assertThat(browser.navigate("/ultracart/authorize", header, value).getHeader("Location"))
			.endsWith("/login?error=unavailable");
		assertThat(ultraCart.calls()).isEmpty();
	}

	@Test // C4
	void loginWhenRedirectUriIsFixedThenProxyHasNoInfluence() {
		this.application.withFilter(new ForwardedHeaderFilter())
			.withBean("settings", TestSettings.redirectUri("https://app.example.com/login/ultracart"));
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		browser.navigate("/ultracart/authorize", "X-Forwarded-Host", "evil.example", "Host", "evil.example");
		assertThat(ultraCart.redirectUri()).isEqualTo("https://app.example.com/login/ultracart");
	}

	@Test // I3
	void pageWhenDispatchedAsynchronouslyThenShown() {
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		browser.signIn("code");
		assertThat(Browser.body(browser.navigate("/async"))).isEqualTo("async for Jane!ops");
	}

	@Test // I3
	void errorDispatchWhenPageIsProtectedThenNotRedirected() {
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		MockHttpServletResponse response = browser
			.exchange(browser.mvc().get().uri("/items").header("Accept", "text/html").with((request) -> {
				request.setDispatcherType(DispatcherType.ERROR);
				request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 404);
				return request;
			}));
		assertThat(response.getStatus()).isEqualTo(404);
		assertThat(response.getHeader("Location")).isNull();
		assertThat(browser.session()).isNull();
	}

	@Test // I5
	void loginWhenOwnContextHolderStrategyThenItIsUsed() {
		TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();
		this.application.withBean("strategy", strategy);
		Browser browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
		browser.signIn("code");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
		assertThat(Browser.body(browser.navigate("/login"))).contains("You are signed in: continue");
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
		browser.submit("/logout");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
		browser.signIn("code");
		this.application.clock().advance(Duration.ofHours(6));
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
	}

}
