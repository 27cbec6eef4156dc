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

import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.security.AuthenticationAuditListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;

/**
 * Audits logins and sign-outs in place of Spring Boot's listener. What it records of
 * UltraCart's users has the same types, but neither an address nor a session id, and the
 * code of a failure. Other logins are recorded as by Spring Boot.
 */
final class UltraCartAuthenticationAuditListener extends AuthenticationAuditListener {

	@Override
	public void onApplicationEvent(AbstractAuthenticationEvent event) {
		if (event.getAuthentication() instanceof UltraCartAuthenticationToken token) {
			if (event instanceof AuthenticationSuccessEvent) {
				publish(AuditedUser.of(token.getPrincipal()).event(AUTHENTICATION_SUCCESS, Map.of()));
				return;
			}
			if (event instanceof LogoutSuccessEvent) {
				publish(AuditedUser.of(token.getPrincipal()).event(LOGOUT_SUCCESS, Map.of()));
				return;
			}
		}
		if (event instanceof AbstractAuthenticationFailureEvent failure
				&& event.getAuthentication() instanceof UltraCartLoginAuthenticationToken) {
			// the user is not known yet
			publish(new AuditEvent(null, AUTHENTICATION_FAILURE,
					Map.of("code", UltraCartLoginError.of(failure.getException()).code())));
			return;
		}
		super.onApplicationEvent(event);
	}

}
