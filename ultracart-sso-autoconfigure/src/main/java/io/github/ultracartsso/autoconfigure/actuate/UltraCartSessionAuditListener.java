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

import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;

/**
 * Audits what happens to the SSO sessions of signed-in users.
 */
final class UltraCartSessionAuditListener {

	static final String SESSION_ENDED = "ULTRACART_SESSION_ENDED";

	static final String PERMISSIONS_CHANGED = "ULTRACART_PERMISSIONS_CHANGED";

	static final String REVOCATION_FAILED = "ULTRACART_REVOCATION_FAILED";

	private final ApplicationEventPublisher eventPublisher;

	UltraCartSessionAuditListener(ApplicationEventPublisher eventPublisher) {
		this.eventPublisher = eventPublisher;
	}

	/**
	 * A sign-out is audited as such.
	 */
	@EventListener
	void onSessionEnd(SsoSessionEndedEvent event) {
		if (event.reason() != SsoSessionEndedEvent.Reason.SIGNED_OUT) {
			publish(AuditedUser.of(event.user())
				.event(SESSION_ENDED, Map.of("reason", event.reason().name().toLowerCase(Locale.ROOT))));
		}
	}

	@EventListener
	void onRefresh(UltraCartUserRefreshedEvent event) {
		if (event.isChange()) {
			publish(AuditedUser.of(event.user())
				.event(PERMISSIONS_CHANGED,
						Map.of("gained", new TreeSet<>(event.gained()), "lost", new TreeSet<>(event.lost()))));
		}
	}

	@EventListener
	void onRevocationFailure(SsoSessionRevocationFailedEvent event) {
		publish(new AuditedUser(null, event.userId()).event(REVOCATION_FAILED,
				Map.of("keyExpiresAt", event.expiresAt().toString())));
	}

	private void publish(AuditEvent event) {
		this.eventPublisher.publishEvent(new AuditApplicationEvent(event));
	}

}
