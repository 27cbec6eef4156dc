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
package io.github.ultracartsso.autoconfigure.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.security.AuthenticationAuditListener;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the audit events of an application tell of UltraCart's users.
 */
class UltraCartAuditTests {

	private static final UltraCartUser JANE = UltraCartUser.with(17, "ja\r\nne").build();

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test
	void auditWhenNoRepositoryThenNotThere() {
		TestApplication.withEverything(this.ultraCart)
			.run((context) -> assertThat(context).doesNotHaveBean(UltraCartSessionAuditListener.class)
				.doesNotHaveBean(UltraCartAuthenticationAuditListener.class));
	}

	@Test
	void signInAndSignOutThenEachOnceWithUserIdAndLoginOnly() {
		application().run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			browser.signOut();
			assertThat(events(context)).extracting(AuditEvent::getType)
				.containsExactly("AUTHENTICATION_SUCCESS", "LOGOUT_SUCCESS");
			assertThat(events(context)).allSatisfy((event) -> {
				assertThat(event.getPrincipal()).isEqualTo("jane");
				assertThat(event.getData()).isEqualTo(Map.of("userId", 17));
			});
		});
	}

	@Test
	void failureThenCodeAndNothingElse() {
		this.ultraCart.givenStatus(WireMock.put(TestUltraCart.AUTHORIZE), 429);
		application().run((context) -> {
			new TestBrowser(context).navigate("/ultracart/authorize");
			assertThat(events(context)).singleElement().satisfies((event) -> {
				assertThat(event.getType()).isEqualTo("AUTHENTICATION_FAILURE");
				assertThat(event.getPrincipal()).isEmpty();
				assertThat(event.getData()).isEqualTo(Map.of("code", "busy"));
			});
		});
	}

	@Test
	void sessionEventsThenToldWithCleanLogin() {
		application().run((context) -> {
			context.publishEvent(new SsoSessionEndedEvent(JANE, SsoSessionEndedEvent.Reason.REFUSED));
			context.publishEvent(new UltraCartUserRefreshedEvent(JANE, Set.of("ROLE_B", "ROLE_A"), Set.of("ROLE_C")));
			context.publishEvent(new UltraCartUserRefreshedEvent(JANE, Set.of(), Set.of()));
			context.publishEvent(new SsoSessionRevocationFailedEvent(17, Instant.EPOCH, "req-1"));
			assertThat(events(context)).extracting(AuditEvent::getType)
				.containsExactly("ULTRACART_SESSION_ENDED", "ULTRACART_PERMISSIONS_CHANGED",
						"ULTRACART_REVOCATION_FAILED");
			assertThat(events(context)).extracting(AuditEvent::getPrincipal).containsExactly("ja ne", "ja ne", "");
			assertThat(events(context).get(0).getData()).isEqualTo(Map.of("userId", 17, "reason", "refused"));
			assertThat(events(context).get(1).getData()).containsEntry("userId", 17)
				.hasEntrySatisfying("gained", (gained) -> assertThat(gained).hasToString("[ROLE_A, ROLE_B]"))
				.hasEntrySatisfying("lost", (lost) -> assertThat(lost).hasToString("[ROLE_C]"));
			assertThat(events(context).get(2).getData())
				.isEqualTo(Map.of("userId", 17, "keyExpiresAt", "1970-01-01T00:00:00Z"));
		});
	}

	@Test
	void refreshWhenPermissionBecomesNoAuthorityThenTold() {
		application().withBean(UltraCartAuthoritiesMapper.class, () -> (user) -> List.of())
			.withPropertyValues("ultracart.sso.session.refresh-interval=10m")
			.withUserConfiguration(AdvancingClock.class)
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				browser.signIn(this.ultraCart);
				this.ultraCart.given(WireMock.get(TestUltraCart.USER), WireMock.okJson("""
						{ "user_id": 17, "login": "jane", "permissions": [
						  { "permission_Name": "Edit Items", "selected": true } ] }"""));
				context.getBean(AdvancingClock.class).now = context.getBean(AdvancingClock.class).now
					.plus(Duration.ofMinutes(11));
				browser.navigate("/items");
				assertThat(events(context))
					.filteredOn((event) -> event.getType().equals("ULTRACART_PERMISSIONS_CHANGED"))
					.singleElement()
					.satisfies((event) -> assertThat(event.getData())
						.hasEntrySatisfying("gained", (gained) -> assertThat(gained).hasToString("[Edit Items]"))
						.hasEntrySatisfying("lost",
								(lost) -> assertThat(lost).hasToString("[View Items, group:Warehouse]")));
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class AdvancingClock {

		private Instant now = Instant.now();

		@Bean
		Clock clock() {
			return new Clock() {

				@Override
				public ZoneId getZone() {
					return ZoneOffset.UTC;
				}

				@Override
				public Clock withZone(ZoneId zone) {
					return this;
				}

				@Override
				public Instant instant() {
					return AdvancingClock.this.now;
				}

			};
		}

	}

	@Test
	void loginWhenNotWithUltraCartThenToldAsBySpringBoot() {
		application().run((context) -> {
			TestingAuthenticationToken token = new TestingAuthenticationToken("joe", null);
			token.setDetails("details");
			context.publishEvent(new AuthenticationSuccessEvent(token));
			assertThat(events(context)).singleElement().satisfies((event) -> {
				assertThat(event.getPrincipal()).isEqualTo("joe");
				assertThat(event.getData()).isEqualTo(Map.of("details", "details"));
			});
		});
	}

	@Test
	void auditWhenApplicationHasItsOwnListenerThenThatTellsOfLogins() {
		application().withUserConfiguration(OwnListener.class)
			.run((context) -> assertThat(context).doesNotHaveBean(UltraCartAuthenticationAuditListener.class)
				.hasSingleBean(UltraCartSessionAuditListener.class));
	}

	private WebApplicationContextRunner application() {
		return TestApplication.withEverything(this.ultraCart).withUserConfiguration(Repository.class);
	}

	private static List<AuditEvent> events(ApplicationContext context) {
		return context.getBean(AuditEventRepository.class)
			.find(null, null, null)
			.stream()
			.filter((event) -> !event.getType().equals("AUTHORIZATION_FAILURE"))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Repository {

		@Bean
		InMemoryAuditEventRepository auditEventRepository() {
			return new InMemoryAuditEventRepository();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnListener {

		@Bean
		AuthenticationAuditListener ownListener() {
			return new AuthenticationAuditListener();
		}

	}

}
