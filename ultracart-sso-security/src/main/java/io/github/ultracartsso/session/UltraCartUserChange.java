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

package io.github.ultracartsso.session;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;

/**
 * Tells what a signed-in user has gained and lost since they were last read. Not part of
 * the API.
 *
 * @param before the user as before
 * @param now the user as read now
 */
public record UltraCartUserChange(UltraCartUser before, UltraCartUser now) {

	private static final Log logger = LogFactory.getLog(UltraCartUserChange.class);

	private static final int MAX_LOGGED_LENGTH = 1000;

	/**
	 * Logs and publishes what has changed. An {@link UltraCartUserRefreshedEvent} is
	 * published even if nothing has. Permissions and groups are named where no authority
	 * tells them: they need not become authorities, but can be checked by name.
	 * @param eventPublisher the event publisher
	 */
	public void publish(ApplicationEventPublisher eventPublisher) {
		Set<String> gained = difference(authorities(this.now), authorities(this.before));
		Set<String> lost = difference(authorities(this.before), authorities(this.now));
		if (gained.isEmpty() && lost.isEmpty()) {
			gained = difference(names(this.now), names(this.before));
			lost = difference(names(this.before), names(this.now));
		}
		if (!gained.isEmpty() || !lost.isEmpty()) {
			logger.info(LogMessage.format("%s has gained %s and lost %s", this.now,
					LogText.clean(gained.toString(), MAX_LOGGED_LENGTH),
					LogText.clean(lost.toString(), MAX_LOGGED_LENGTH)));
		}
		eventPublisher.publishEvent(new UltraCartUserRefreshedEvent(this.now, Set.copyOf(gained), Set.copyOf(lost)));
	}

	private static Set<String> difference(Set<String> some, Set<String> others) {
		some.removeAll(others);
		return some;
	}

	private static Set<String> authorities(UltraCartUser user) {
		Set<String> authorities = new LinkedHashSet<>();
		user.getAuthorities().forEach((authority) -> authorities.add(String.valueOf(authority.getAuthority())));
		return authorities;
	}

	private static Set<String> names(UltraCartUser user) {
		Set<String> names = new LinkedHashSet<>(user.permissions());
		user.groups().forEach((group) -> names.add("group:" + group));
		return names;
	}

}
