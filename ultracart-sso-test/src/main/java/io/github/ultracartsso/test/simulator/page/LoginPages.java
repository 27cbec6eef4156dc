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

package io.github.ultracartsso.test.simulator.page;

import java.net.URI;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.http.UrlEncoded;
import io.github.ultracartsso.test.simulator.state.LoginOperations.Login;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * Handles the requests of browsers: the login page, where a user approves or cancels a
 * login. UltraCart's own session is not simulated, so each login asks for a user. Not
 * part of the API.
 */
public final class LoginPages {

	public static final String PATH = "/merchant/sso/login.do";

	private final SimulatorState state;

	private final LoginPageView view = new LoginPageView();

	public LoginPages(SimulatorState state) {
		this.state = state;
	}

	/**
	 * Returns whether a page belongs to a login of this merchant.
	 */
	public boolean knows(SimulatorRequest request) {
		synchronized (this.state) {
			return login(request) != null;
		}
	}

	private @Nullable Login login(SimulatorRequest request) {
		return this.state.logins().find(UrlEncoded.parse(request.query()).getFirst("token"));
	}

	public SimulatorResponse handle(SimulatorRequest request) {
		synchronized (this.state) {
			return page(request);
		}
	}

	private SimulatorResponse page(SimulatorRequest request) {
		if (!request.path().equals(PATH)) {
			return this.view.message(404, "There is nothing here",
					"The simulator has a REST API, a login page and a console.");
		}
		Login login = login(request);
		if (login == null) {
			return this.view.message(404, "This login is not known",
					"It may have been finished already, or the simulator was restarted since. "
							+ "Go back to the application and sign in again.");
		}
		if (this.state.logins().isExpired(login)) {
			// the error of UltraCart's OAuth login for an expired URL
			return redirect(this.state.logins().fail(login, "invalid_request"));
		}
		return switch (request.method()) {
			case "GET", "HEAD" -> this.view.login(login, this.state.account().users());
			case "POST" -> submit(login, request, UrlEncoded.parse(request.body()));
			default -> this.view.message(405, "This is a page", "It takes GET and POST.").header("Allow", "GET, POST");
		};
	}

	private SimulatorResponse submit(Login login, SimulatorRequest request, MultiValueMap<String, String> form) {
		if (form.containsKey("cancel") && this.state.shows(SimulatedAlternative.SILENT_CANCEL)) {
			this.state.logins().abandon(login);
			return this.view.message(200, "The login is cancelled", "You can close this window.");
		}
		if (form.containsKey("cancel")) {
			return redirect(this.state.logins().fail(login, "access_denied"));
		}
		String userLogin = form.getFirst("login");
		if (userLogin == null || this.state.account().find(userLogin) == null) {
			return this.view.message(400, "This user is not known",
					"It may have been removed since the page was opened. Go back and choose another.");
		}
		return redirect(this.state.logins().approve(login, userLogin, request.remoteAddress()));
	}

	private static SimulatorResponse redirect(URI target) {
		return SimulatorResponse.status(302)
			.header("Location", target.toString())
			.header("Cache-Control", "no-store")
			.header("Referrer-Policy", "no-referrer");
	}

}
