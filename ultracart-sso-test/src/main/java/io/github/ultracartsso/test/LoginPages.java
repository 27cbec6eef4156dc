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

package io.github.ultracartsso.test;

import java.net.URI;

import io.github.ultracartsso.test.LoginOperations.Login;

/**
 * What the browser sees of UltraCart. There is no session on this side: each login asks
 * for a user. To be used under the simulator's lock.
 */
final class LoginPages {

	static final String PATH = "/merchant/sso/login.do";

	private final SimulatorState state;

	private final LoginPageView view = new LoginPageView();

	LoginPages(SimulatorState state) {
		this.state = state;
	}

	SimulatorResponse handle(SimulatorRequest request) {
		synchronized (this.state) {
			return page(request);
		}
	}

	private SimulatorResponse page(SimulatorRequest request) {
		if (!request.path().equals(PATH)) {
			return this.view.message(404, "There is nothing here",
					"The simulator has a REST API below " + RestApi.BASE_PATH + " and a login page.");
		}
		Login login = this.state.logins().find(request.parameter("token"));
		if (login == null) {
			return this.view.message(404, "This login is not known",
					"It may have been finished already, or the simulator was restarted since. "
							+ "Go back to the application and sign in again.");
		}
		if (this.state.logins().isExpired(login)) {
			// the error UltraCart's OAuth login gives where its URL has expired
			return redirect(this.state.logins().fail(login, "invalid_request"));
		}
		return switch (request.method()) {
			case "GET", "HEAD" -> this.view.login(login, this.state.account().users());
			case "POST" -> submit(login, request);
			default -> this.view.message(405, "This is a page", "It takes GET and POST.").header("Allow", "GET, POST");
		};
	}

	private SimulatorResponse submit(Login login, SimulatorRequest request) {
		if (request.parameter("cancel") != null) {
			return redirect(this.state.logins().fail(login, "access_denied"));
		}
		String userLogin = request.parameter("login");
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
