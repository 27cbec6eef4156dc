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

package io.github.ultracartsso.web;

import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.LogText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;
import org.springframework.web.util.WebUtils;

/**
 * Compares the addresses that logins and requests come from with those they should come
 * from.
 */
final class AddressLock {

	private static final Log logger = LogFactory.getLog(AddressLock.class);

	private static final String REPORTED_ATTRIBUTE = AddressLock.class.getName() + ".REPORTED";

	private static final int MAX_ADDRESS_LENGTH = 64;

	private static final int MAX_REPORTED = 16;

	private static final String SEPARATOR = " ";

	private final IpLock lock;

	private final ApplicationEventPublisher eventPublisher;

	AddressLock(IpLock lock, ApplicationEventPublisher eventPublisher) {
		this.lock = lock;
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Refuses a login that is completed from another address than UltraCart saw.
	 */
	void checkLogin(SsoSession ssoSession, HttpServletRequest request) {
		if (this.lock == IpLock.ENFORCE && isSeenElsewhere(ssoSession, request)) {
			throw new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH, mismatch(ssoSession, request));
		}
	}

	/**
	 * Reports a login that would be refused if this were enforced.
	 */
	void reportLogin(SsoSession ssoSession, UltraCartUser user, HttpServletRequest request) {
		if (this.lock == IpLock.WARN && isSeenElsewhere(ssoSession, request)) {
			logger.warn(LogMessage.format("%s: %s", user, mismatch(ssoSession, request)));
			publish(user, ssoSession.ipAddress(), request.getRemoteAddr(), false);
		}
	}

	private static boolean isSeenElsewhere(SsoSession ssoSession, HttpServletRequest request) {
		return !ClientAddress.isSame(ssoSession.ipAddress(), request.getRemoteAddr());
	}

	private static String mismatch(SsoSession ssoSession, HttpServletRequest request) {
		return "The login was completed from %s, but the ip_address in the answer to ssoToken is %s. Behind a proxy,"
			.formatted(printable(request.getRemoteAddr()), printable(ssoSession.ipAddress()))
				+ " have forwarded headers honoured (server.forward-headers-strategy)";
	}

	/**
	 * Returns whether the request may not use the session it comes with, and reports
	 * where it should not.
	 */
	boolean refuses(HttpServletRequest request, SsoSessionUser signedIn) {
		if (this.lock == IpLock.OFF || ClientAddress.isSame(signedIn.clientAddress(), request.getRemoteAddr())) {
			return false;
		}
		boolean refused = this.lock != IpLock.WARN;
		if (isFirstReport(request)) {
			logger.warn(LogMessage.format("A request with the session of %s, who signed in from %s, comes from %s%s",
					signedIn.user(), printable(signedIn.clientAddress()), printable(request.getRemoteAddr()),
					refused ? ", and is refused" : ""));
			publish(signedIn.user(), signedIn.clientAddress(), request.getRemoteAddr(), refused);
		}
		return refused;
	}

	/**
	 * Whoever knows the cookie of a session could fill the log otherwise. The reported
	 * addresses are kept as one text, which every session store can write.
	 */
	private static boolean isFirstReport(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session == null) {
			return false;
		}
		String clientAddress = printable(request.getRemoteAddr()).replace(SEPARATOR, "");
		synchronized (WebUtils.getSessionMutex(session)) {
			List<String> reported = reported(session);
			if (reported.contains(clientAddress)) {
				return false;
			}
			if (reported.size() == MAX_REPORTED) {
				reported.remove(0);
			}
			reported.add(clientAddress);
			session.setAttribute(REPORTED_ATTRIBUTE, String.join(SEPARATOR, reported));
			return true;
		}
	}

	private static List<String> reported(HttpSession session) {
		List<String> reported = new ArrayList<>();
		if (session.getAttribute(REPORTED_ATTRIBUTE) instanceof String addresses) {
			reported.addAll(List.of(addresses.split(SEPARATOR)));
		}
		return reported;
	}

	/**
	 * Begins anew with a login, which says anew which address is not foreign.
	 */
	void forgetReports(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(REPORTED_ATTRIBUTE);
		}
	}

	private void publish(UltraCartUser user, @Nullable String expectedAddress, String clientAddress, boolean refused) {
		this.eventPublisher
			.publishEvent(new SsoSessionAddressMismatchEvent(user, expectedAddress, clientAddress, refused));
	}

	private static String printable(@Nullable String address) {
		return LogText.clean(String.valueOf(address), MAX_ADDRESS_LENGTH);
	}

}
