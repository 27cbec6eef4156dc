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

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;

/**
 * Compares the client addresses of logins and requests with the address that an SSO
 * session is locked to.
 */
final class AddressLock {

	private static final Log logger = LogFactory.getLog(AddressLock.class);

	private static final int MAX_ADDRESS_LENGTH = 64;

	private static final int MAX_REPORTED = 16;

	private final BoundedMemory<Set<String>> reported = BoundedMemory.ofSsoSessions();

	private final IpLock lock;

	AddressLock(IpLock lock) {
		this.lock = lock;
	}

	void setClock(Clock clock) {
		this.reported.setClock(clock);
	}

	/**
	 * Rejects a login that is completed from another address than UltraCart saw.
	 */
	void checkLogin(SsoSession ssoSession) {
		if (this.lock == IpLock.ENFORCE && isSeenElsewhere(ssoSession)) {
			throw new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH, mismatch(ssoSession));
		}
	}

	/**
	 * Reports a login that {@link IpLock#ENFORCE} would reject.
	 */
	void reportLogin(SsoSession ssoSession, UltraCartUser user, ApplicationEventPublisher eventPublisher) {
		if (this.lock == IpLock.WARN && isSeenElsewhere(ssoSession)) {
			logger.warn(LogMessage.format("%s: %s", user, mismatch(ssoSession)));
			eventPublisher.publishEvent(new SsoSessionAddressMismatchEvent(user, ssoSession.ipAddress(),
					String.valueOf(ssoSession.clientAddress()), false));
		}
	}

	private static boolean isSeenElsewhere(SsoSession ssoSession) {
		return !ClientAddress.isSame(ssoSession.ipAddress(), ssoSession.clientAddress());
	}

	private static String mismatch(SsoSession ssoSession) {
		return "The login was completed from %s, but the ip_address in the response to ssoToken is %s. Behind a proxy,"
			.formatted(printable(ssoSession.clientAddress()), printable(ssoSession.ipAddress()))
				+ " let the server evaluate forwarded headers (server.forward-headers-strategy)";
	}

	/**
	 * Returns whether a request from the address must not use the SSO session, and
	 * reports each foreign address of an SSO session once. Anyone who knows a session
	 * cookie could fill the log otherwise.
	 */
	boolean rejects(SsoSession ssoSession, UltraCartUser user, String clientAddress,
			ApplicationEventPublisher eventPublisher) {
		if (this.lock == IpLock.OFF || ClientAddress.isSame(ssoSession.clientAddress(), clientAddress)) {
			return false;
		}
		boolean rejected = this.lock != IpLock.WARN;
		if (isFirstReport(ssoSession, clientAddress)) {
			logger.warn(LogMessage.format("A request with the session of %s, who signed in from %s, comes from %s%s",
					user, printable(ssoSession.clientAddress()), printable(clientAddress),
					rejected ? ", and is rejected" : ""));
			eventPublisher.publishEvent(
					new SsoSessionAddressMismatchEvent(user, ssoSession.clientAddress(), clientAddress, rejected));
		}
		return rejected;
	}

	private boolean isFirstReport(SsoSession ssoSession, String clientAddress) {
		Set<String> addresses = this.reported.computeIfAbsent(ssoSession.id(), LinkedHashSet::new);
		synchronized (addresses) {
			if (!addresses.add(printable(clientAddress))) {
				return false;
			}
			if (addresses.size() > MAX_REPORTED) {
				addresses.remove(addresses.iterator().next());
			}
			return true;
		}
	}

	private static String printable(@Nullable String address) {
		return LogText.clean(String.valueOf(address), MAX_ADDRESS_LENGTH);
	}

}
