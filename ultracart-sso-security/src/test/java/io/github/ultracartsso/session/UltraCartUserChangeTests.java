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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;

import org.junit.jupiter.api.Test;

import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartUserChange}.
 */
class UltraCartUserChangeTests {

	private final List<Object> events = new ArrayList<>();

	@Test
	void publishWhenAuthoritiesHaveChangedThenNamesThem() {
		UltraCartUser before = user("ROLE_EDIT", "ROLE_VIEW").permissions(List.of("Edit")).build();
		UltraCartUser now = user("ROLE_VIEW", "ROLE_RUN").permissions(List.of("Run")).build();
		publish(before, now);
		assertThat(this.events)
			.containsExactly(new UltraCartUserRefreshedEvent(now, Set.of("ROLE_RUN"), Set.of("ROLE_EDIT")));
	}

	@Test
	void publishWhenNoAuthorityHasChangedThenNamesPermissionsAndGroups() {
		UltraCartUser before = user("ROLE_VIEW").permissions(List.of("Edit", "View")).groups(List.of("Ops")).build();
		UltraCartUser now = user("ROLE_VIEW").permissions(List.of("View", "Run")).groups(List.of("Support")).build();
		publish(before, now);
		assertThat(this.events).containsExactly(
				new UltraCartUserRefreshedEvent(now, Set.of("Run", "group:Support"), Set.of("Edit", "group:Ops")));
	}

	@Test
	void publishWhenNothingHasChangedThenEventWithoutChangesAndNoLog() {
		UltraCartUser user = user("ROLE_VIEW").permissions(List.of("View")).build();
		assertThat(publish(user, user("ROLE_VIEW").permissions(List.of("View")).build())).isEmpty();
		assertThat(this.events).containsExactly(new UltraCartUserRefreshedEvent(user, Set.of(), Set.of()));
	}

	@Test // H1
	void publishThenLogNamesWhatWasGainedAndLostInTheOrderOfTheUser() {
		UltraCartUser before = user("ROLE_D", "ROLE_C").build();
		UltraCartUser now = user("ROLE_B", "ROLE_A").build();
		assertThat(publish(before, now)).singleElement()
			.asString()
			.contains("has gained [ROLE_B, ROLE_A] and lost [ROLE_D, ROLE_C]");
	}

	@Test // F2
	void publishWhenNamesAreLongOrHaveLineBreaksThenLogIsCleanAndShort() {
		String[] many = new String[500];
		Arrays.setAll(many, (i) -> "ROLE_\n" + i);
		assertThat(publish(user().build(), user(many).build())).singleElement()
			.asString()
			.hasSizeLessThan(1200)
			.doesNotContain("\n");
	}

	private List<String> publish(UltraCartUser before, UltraCartUser now) {
		try (CapturedLog log = CapturedLog.of(UltraCartUserChange.class.getName())) {
			new UltraCartUserChange(before, now).publish(this.events::add);
			return log.messages(Level.INFO);
		}
	}

	private static UltraCartUser.Builder user(String... authorities) {
		return UltraCartUser.with(42, "Jane!ops").authorities(AuthorityUtils.createAuthorityList(authorities));
	}

}
