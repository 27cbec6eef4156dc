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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

import io.github.ultracartsso.test.UltraCartSimulator;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.htmlunit.HtmlUnitDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user at a browser whose requests reach different nodes. This needs no proxy, because
 * cookies belong to a host, whatever the port.
 */
final class Visitor implements AutoCloseable {

	private final WebDriver browser = new HtmlUnitDriver();

	private final UltraCartSimulator ultraCart;

	Visitor(UltraCartSimulator ultraCart) {
		this.ultraCart = ultraCart;
	}

	void open(String url) {
		this.browser.get(url);
	}

	/**
	 * Does what the user's button does on UltraCart's page, which must be open, without
	 * following the redirect.
	 */
	URI approve(String login) {
		assertAtUltraCart();
		return this.ultraCart.approve(URI.create(url()), login);
	}

	void signIn(Node node, String login) {
		open(node.url("/"));
		open(node.url(approve(login)));
		assertThat(url()).isEqualTo(node.url("/"));
	}

	void signOut() {
		this.browser.findElement(By.id("sign-out")).click();
	}

	void save() {
		this.browser.findElement(By.id("save")).click();
	}

	String url() {
		return Objects.requireNonNull(this.browser.getCurrentUrl());
	}

	String text() {
		return this.browser.findElement(By.tagName("body")).getText();
	}

	/**
	 * Asserts that the visitor sees the page at the URL and is signed in.
	 */
	void assertSees(String url, String text) {
		open(url);
		assertThat(url()).isEqualTo(url);
		assertThat(text()).contains(text, "Sign out");
	}

	void assertAtUltraCart() {
		assertThat(this.browser.getTitle()).as("title of %s", url()).isEqualTo("UltraCart simulator");
	}

	/**
	 * The id of the visitor's session, which Spring Session's cookie has in Base64.
	 */
	String sessionId() {
		Cookie cookie = Objects.requireNonNull(this.browser.manage().getCookieNamed("SESSION"));
		return new String(Base64.getDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.browser.quit();
	}

}
