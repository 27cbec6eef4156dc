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

import java.util.List;

import io.github.ultracartsso.sample.cluster.Evidence.Item;
import io.github.ultracartsso.sample.cluster.Evidence.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for secrets everywhere after a {@link Walk} through the back office, with the
 * session store of a subclass.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LeakStory {

	private Walk walk;

	abstract SessionStore store();

	@BeforeAll
	void walkThroughEverything() {
		try (Walk started = new Walk(store())) {
			started.run();
			this.walk = started;
		}
	}

	@ParameterizedTest // F1, F2
	@EnumSource(mode = Mode.EXCLUDE, names = { "REQUEST_LINE", "STORE_WHILE_PENDING" })
	void evidenceWhenWalkedThroughEverythingThenHoldsNoSecret(Kind kind) {
		assertThat(this.walk.evidence().of(kind)).isNotEmpty();
		assertThat(this.walk.evidence().leaks(kind, this.walk.secrets())).isEmpty();
	}

	/**
	 * Spring Security logs the URL of each request at DEBUG. Finding it also shows that
	 * the search works.
	 */
	@Test // F1
	void requestLinesWhenCalledBackThenHoldCodeAndStateAndNoKey() {
		List<Item> lines = this.walk.evidence().of(Kind.REQUEST_LINE);
		assertThat(lines).anyMatch((line) -> this.walk.codes().stream().anyMatch((code) -> code.isIn(line.text())))
			.anyMatch((line) -> this.walk.states().stream().anyMatch((state) -> state.isIn(line.text())));
		assertThat(this.walk.evidence().leaks(Kind.REQUEST_LINE, this.walk.keys())).isEmpty();
	}

	@Test // F2
	void storeWhenLoginIsPendingThenHoldsNoSecretButItsState() {
		assertThat(this.walk.evidence().leaks(Kind.STORE_WHILE_PENDING, this.walk.keys())).isEmpty();
		assertThat(this.walk.evidence().leaks(Kind.STORE_WHILE_PENDING, this.walk.codes())).isEmpty();
		assertThat(this.walk.evidence().leaks(Kind.STORE_WHILE_PENDING, this.walk.states()).isEmpty())
			.isNotEqualTo(store().arguments().contains(SessionStore.PENDING_IN_SESSION));
	}

	@ParameterizedTest
	@ValueSource(strings = { "denied", "expired", "unknown_state", "invalid_response", "invalid_code",
			"application_rejected", "application_disabled", "busy", "unavailable" })
	void walkWhenDoneThenHasSeenTheFailure(String error) {
		assertThat(this.walk.evidence().of(Kind.RESPONSE))
			.anyMatch((response) -> response.text().contains("/login?error=" + error));
	}

	@ParameterizedTest
	@ValueSource(strings = { "AuthenticationSuccessEvent", "AuthenticationFailureBadCredentialsEvent",
			"AuthenticationFailureServiceExceptionEvent", "LogoutSuccessEvent", "UltraCartUserRefreshedEvent",
			"UltraCartUserRefreshFailedEvent", "SsoSessionEndedEvent", "SsoSessionRevocationFailedEvent" })
	void walkWhenDoneThenHasHeardOf(String event) {
		assertThat(this.walk.evidence().of(Kind.EVENT)).anyMatch((seen) -> seen.text().contains(event));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /items/101", "GET /items/101/edit", "GET /shipping", "GET /users", "GET /orders",
			"GET /api/items", "POST /items/101", "GET /actuator/env", "GET /actuator/configprops",
			"GET /actuator/beans", "GET /actuator/metrics/ultracart.sso.logins", "GET /actuator/health" })
	void walkWhenDoneThenHasBeenAt(String page) {
		assertThat(this.walk.evidence().of(Kind.RESPONSE)).filteredOn((response) -> response.origin().equals(page))
			.anyMatch((response) -> response.text().startsWith("2") || response.text().startsWith("302"));
	}

	@Test
	void walkWhenDoneThenHasCalledAsTheApplication() {
		assertThat(this.walk.evidence().of(Kind.LOG)).anyMatch((line) -> line.text().contains("Orders by stage"));
		assertThat(this.walk.evidence().of(Kind.EXCEPTION))
			.filteredOn((exception) -> exception.origin().startsWith("the report"))
			.hasSize(9)
			.anyMatch((exception) -> exception.text().contains("UltraCart repeats ******"));
	}

	@Test
	void walkWhenDoneThenActuatorHasMaskedTheKeys() {
		assertThat(this.walk.evidence().of(Kind.RESPONSE))
			.filteredOn((response) -> response.origin().equals("GET /actuator/env"))
			.isNotEmpty()
			.allSatisfy((response) -> assertThat(response.text()).contains("\"ULTRACART_SIMPLE_KEY\":{\"value\":\"***",
					"\"ULTRACART_SESSION_KEYS\":{\"value\":\"***", "\"value\":\"backoffice\""));
	}

	@Test
	void walkWhenDoneThenLoggersHaveToldAll() {
		assertThat(this.walk.evidence().of(Kind.LOG)).extracting(Item::text)
			.anyMatch((line) -> line.contains("TRACE Invoking") && line.contains("UltraCart"))
			.anyMatch((line) -> line.contains("UltraCart repeats"));
	}

}
