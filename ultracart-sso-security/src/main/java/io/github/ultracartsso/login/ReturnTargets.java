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

package io.github.ultracartsso.login;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.github.ultracartsso.session.sealing.SecretSealer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Passes the URL that a user requested from the rejected request to the start of the
 * login, as an encrypted parameter of the start URL. Each tab has its own target, no
 * session is needed, and only this application can create a target. It also tells since
 * when a user must have signed in to need no other login.
 *
 * @since 0.1
 */
public final class ReturnTargets {

	/**
	 * Parameter of the start URL.
	 */
	public static final String PARAMETER = "target";

	/**
	 * No URL contains a space.
	 */
	private static final String SEPARATOR = " ";

	private static final String SIGNED_IN = "!";

	private final SecretSealer sealer;

	private final List<String> ownPaths;

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates an instance.
	 * @param sealer encrypts the target
	 * @param ownPaths paths that are part of the login itself and never a target
	 */
	public ReturnTargets(SecretSealer sealer, List<String> ownPaths) {
		Assert.notNull(sealer, "sealer cannot be null");
		this.sealer = sealer;
		this.ownPaths = List.copyOf(ownPaths);
	}

	/**
	 * Sets the clock that tells the time of a request. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Adds a target to the start URL.
	 * @param startUrl the start URL
	 * @param url the URL that the user requested, or of the page that requested something
	 * for them, relative to the context path
	 * @param signedIn whether the request was rejected although the user was signed in
	 * with UltraCart, so that only a newer login helps
	 * @return the start URL to redirect to, without a target if the URL could lead to
	 * another host or is part of the login itself
	 */
	public String addTarget(String startUrl, String url, boolean signedIn) {
		if (!LocalUrl.isLocal(url) || isPartOfLogin(url.split("[?#]", 2)[0])) {
			return startUrl;
		}
		String target = this.clock.millis() + (signedIn ? SIGNED_IN : "") + SEPARATOR + url;
		return UriComponentsBuilder.fromUriString(startUrl)
			.queryParam(PARAMETER, this.sealer.seal(target))
			.build()
			.toUriString();
	}

	/**
	 * Returns whether a path is part of the login itself, and therefore not a target.
	 * @param path the path relative to the context path
	 * @return {@code true} if it is
	 */
	public boolean isPartOfLogin(String path) {
		return this.ownPaths.contains(path);
	}

	/**
	 * Decrypts the target in a start URL.
	 * @param parameter the value of the {@link #PARAMETER} of the start URL, or
	 * {@code null}
	 * @return the target, or {@code null} if there is none or it was not encrypted by
	 * this application
	 */
	public @Nullable ReturnTarget findTarget(@Nullable String parameter) {
		String opened = (parameter != null) ? this.sealer.open(parameter) : null;
		return (opened != null) ? read(opened) : null;
	}

	private static @Nullable ReturnTarget read(String opened) {
		int separator = opened.indexOf(SEPARATOR);
		String url = opened.substring(separator + 1);
		if (separator < 0 || !LocalUrl.isLocal(url)) {
			return null;
		}
		String time = opened.substring(0, separator);
		boolean signedIn = time.endsWith(SIGNED_IN);
		try {
			long millis = Long.parseLong(signedIn ? time.substring(0, time.length() - 1) : time);
			return new ReturnTarget(url, Instant.ofEpochMilli(millis), signedIn);
		}
		catch (NumberFormatException ex) {
			// encrypted by this application, but not a target
			return null;
		}
	}

}
